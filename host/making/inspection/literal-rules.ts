// Literals in source: written so that no search finds them, or put together to names that would be found.

import type { FindingKind } from '#sandbox';
import { isEncoded } from './encoded.ts';
import type { Subject, Suspicions } from './suspicions.ts';
import type { Tokens } from './tokens.ts';
import { inspectWording, type WordingOptions } from './wording.ts';

/** Looks at the string or template at `index`. */
export function inspectLiteral(tokens: Tokens, index: number, subject: Subject, suspicions: Suspicions): void {
  const start = tokens.start(index);
  const inner = tokens.inner(index);
  if (inner.includes('\\') && isNeedlesslyEscaped(inner.slice(0, ENOUGH)))
    suspicions.add('escaped-literal', subject, start);
  if (inner.length >= LONG_DATA && isEncoded(inner)) {
    suspicions.add('encoded-literal', subject, start, `${inner.length} characters`);
  }
  if (leadsToInternals(tokens, index)) suspicions.add('computed-chain', subject, start);
}

/** Data shorter than this is an id, a digest or a key. */
const LONG_DATA = 256;
/** Shorter literals tell nobody to do anything. */
const SHORTEST_SENTENCE = 16;
/** Fewer escapes than these are a habit, not a disguise. */
const MIN_ESCAPES = 4;
/** What the start of a literal is not, the rest is not either. */
const ENOUGH = 4096;
/** Characters of sentences in one file. */
const MAX_SAID = 32 * 1024;
/** Of what literals say, only this: they become results, and a model reads those. */
const SAID: WordingOptions = {
  ownNames: new Set(),
  kinds: new Set<FindingKind>(['instruction-to-model', 'hidden-from-user', 'data-sent-elsewhere']),
};

/** Reads what literals say, up to a bound for all of a file. */
export function inspectSentences(tokens: Tokens, subject: Subject, suspicions: Suspicions): void {
  let room = MAX_SAID;
  for (let index = 0; index < tokens.length; index += 1) {
    if (!tokens.is(index, 'string') && !tokens.is(index, 'template')) continue;
    if (tokens.size(index) < SHORTEST_SENTENCE || tokens.size(index) > room) continue;
    const text = tokens.inner(index);
    if (!text.includes(' ')) continue;
    room -= text.length;
    const start = tokens.start(index) + 1;
    inspectWording({ text, placeOf: (at) => subject.placeOf(start + at) }, suspicions, SAID);
  }
}

const ESCAPE = /\\(?:x([0-9A-Fa-f]{2})|u([0-9A-Fa-f]{4})|u\{([0-9A-Fa-f]{1,6})\}|([0-7]{2,3})|[^])/g;

/** Whether most of a literal is escapes of letters and digits, which need none. */
function isNeedlesslyEscaped(inner: string): boolean {
  let needless = 0;
  let escaped = 0;
  for (const [whole, hex, unicode, braced, octal] of inner.matchAll(ESCAPE)) {
    escaped += whole.length - 1;
    const digits = hex ?? unicode ?? braced;
    const code = digits === undefined ? Number.parseInt(octal ?? '0', 8) : Number.parseInt(digits, 16);
    if (/[A-Za-z0-9]/.test(String.fromCharCode(code & 0xffff))) needless += 1;
  }
  const characters = inner.length - escaped;
  return needless >= MIN_ESCAPES && needless * 2 >= characters;
}

/** Names that, as text, have one use: to reach the property without writing it. */
const INTERNALS = new Set(
  '__proto__ constructor prototype eval Function process require mainModule binding callee prepareStackTrace'.split(
    ' ',
  ),
);
const LONGEST_NAME = 40;

/** Whether a literal in brackets, or several joined anywhere, name what a search for the name should find. */
function leadsToInternals(tokens: Tokens, index: number): boolean {
  const isJoined = tokens.isMark(index + 1, '+');
  const isBracketed = tokens.isMark(index - 1, '[');
  if ((!isJoined && !isBracketed) || !tokens.is(index, 'string') || tokens.isMark(index - 1, '+')) return false;
  let name = plain(tokens, index);
  let last = index;
  while (tokens.isMark(last + 1, '+') && tokens.is(last + 2, 'string') && name.length <= LONGEST_NAME) {
    last += 2;
    name += plain(tokens, last);
  }
  if (!INTERNALS.has(name)) return false;
  return last > index || (isBracketed && tokens.isMark(last + 1, ']') && isValue(tokens, index - 2));
}

/** A literal without its escapes, as far as a name can be long. */
function plain(tokens: Tokens, index: number): string {
  const inner = tokens.inner(index).slice(0, 6 * LONGEST_NAME);
  if (!inner.includes('\\')) return inner;
  return inner.replace(ESCAPE, (whole, hex?: string, unicode?: string, braced?: string) => {
    const digits = hex ?? unicode ?? braced;
    return digits === undefined ? whole.slice(1) : String.fromCharCode(Number.parseInt(digits, 16) & 0xffff);
  });
}

/** Whether a bracket behind this token looks something up, rather than beginning a list. */
function isValue(tokens: Tokens, index: number): boolean {
  if (tokens.is(index, 'name') || tokens.is(index, 'string')) return true;
  return [')', ']', '}', '.'].some((mark) => tokens.isMark(index, mark));
}
