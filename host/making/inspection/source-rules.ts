// What source looks like that does not want to be read, or that wants out.
//
// A hint: a tool that hides well is not found here, and is jailed like any other.

import { inspectBlanks, SOURCE_BLANKS } from './blanks.ts';
import { inspectCharacters } from './character-rules.ts';
import { inspectLiteral, inspectSentences } from './literal-rules.ts';
import { inspectName } from './name-rules.ts';
import { inspectSeries } from './series-rules.ts';
import type { Subject, Suspicions } from './suspicions.ts';
import { tokenize } from './tokenize.ts';
import { KINDS } from './tokens.ts';

/** Longer lines are for machines. */
const MAX_LINE = 1000;

/** Reads one source file. */
export function inspectSource(subject: Subject, suspicions: Suspicions): void {
  const { text } = subject;
  inspectCharacters(subject, suspicions);
  inspectBlanks(subject, suspicions, SOURCE_BLANKS);
  inspectLines(subject, suspicions);
  const tokens = tokenize(text);
  for (let index = 0; index < tokens.length; index += 1) {
    const kind = tokens.kindOf(index);
    if (kind === KINDS.name) inspectName(tokens, index, subject, suspicions);
    else if (kind === KINDS.escapedName) suspicions.add('escaped-identifier', subject, tokens.start(index));
    else if (kind === KINDS.string || kind === KINDS.template) inspectLiteral(tokens, index, subject, suspicions);
  }
  inspectSentences(tokens, subject, suspicions);
  inspectSeries(tokens, subject, suspicions);
}

/** One finding for a file: the next long line says nothing new. */
function inspectLines(subject: Subject, suspicions: Suspicions): void {
  const { text } = subject;
  let start = 0;
  while (start < text.length) {
    const end = text.indexOf('\n', start);
    const length = (end === -1 ? text.length : end) - start;
    if (length > MAX_LINE) {
      suspicions.add('long-line', subject, start, `${length} characters`);
      return;
    }
    start += length + 1;
  }
}
