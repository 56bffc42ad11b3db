// Blank space so long that what follows it is out of sight.

import { MAX_HITS, type Subject, type Suspicions } from './suspicions.ts';

/** Which blank space hides, and from which length on. */
interface BlankRule {
  readonly blanks: ReadonlySet<number>;
  readonly atLeast: number;
}

const codesOf = (characters: string): ReadonlySet<number> =>
  new Set(Array.from(characters, (each) => each.charCodeAt(0)));

/** Within a line of source: further right than any screen is wide. */
export const SOURCE_BLANKS: BlankRule = { blanks: codesOf(' \t\u00a0\u3000'), atLeast: 120 };

/** Within a description, which is no program: line breaks count, and so do the wide and narrow spaces. */
export const PROSE_BLANKS: BlankRule = {
  blanks: codesOf(
    ' \t\n\r\v\f\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u2800\u3000',
  ),
  atLeast: 40,
};

/**
 * Finds text behind long blank space; blank space at the end of a line, or of the text, hides nothing.
 *
 * Of a run of n blanks every n-th character of the text hits one: only these are looked at.
 */
export function inspectBlanks(subject: Subject, suspicions: Suspicions, { blanks, atLeast }: BlankRule): void {
  const { text } = subject;
  const isBlank = (at: number): boolean => blanks.has(text.charCodeAt(at));
  let hits = 0;
  for (let at = atLeast - 1; at < text.length && hits < MAX_HITS; at += atLeast) {
    if (!isBlank(at)) continue;
    let start = at;
    while (isBlank(start - 1)) start -= 1;
    while (isBlank(at)) at += 1;
    if (at - start < atLeast || at === text.length || isLineBreak(text.charCodeAt(at))) continue;
    suspicions.add('pushed-out-of-sight', subject, at, `behind ${at - start} blanks`);
    hits += 1;
  }
}

function isLineBreak(code: number): boolean {
  return code === 0x0a || code === 0x0d;
}
