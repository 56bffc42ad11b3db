// Reads a regular expression (`u` flag, already accepted by the engine) into the few shapes that matter for its speed.

import { CHARACTER_CLASSES, complement, type CodePoints } from './code-points.ts';

/** What a pattern is made of. Groups vanish; a lookahead keeps its body, since that is matched too. */
export type PatternNode =
  | { readonly kind: 'character'; readonly set: CodePoints }
  | { readonly kind: 'start' | 'end' | 'empty' }
  | { readonly kind: 'sequence'; readonly parts: readonly PatternNode[] }
  | { readonly kind: 'choice'; readonly options: readonly PatternNode[] }
  | { readonly kind: 'repeat'; readonly body: PatternNode; readonly min: number; readonly max: number }
  | { readonly kind: 'lookahead'; readonly body: PatternNode };

/** Why a pattern cannot be judged. */
export class Unjudgeable extends Error {}

/** @throws Unjudgeable when the pattern uses what cannot be modelled (backreferences, modifiers, repeats looking back) */
export function parsePattern(pattern: string): PatternNode {
  return parseChoice({ text: Array.from(pattern), at: 0 });
}

interface Cursor {
  readonly text: readonly string[];
  at: number;
}

const EMPTY: PatternNode = { kind: 'empty' };
const LOOKBEHIND = ['(?<=', '(?<!'];
const CONTROLS: ReadonlyMap<string, string> = new Map([
  ['t', '\t'],
  ['n', '\n'],
  ['v', '\v'],
  ['f', '\f'],
  ['r', '\r'],
  ['0', '\0'],
]);

function parseChoice(cursor: Cursor): PatternNode {
  const options = [parseSequence(cursor)];
  while (take(cursor, '|')) options.push(parseSequence(cursor));
  return options.length === 1 && options[0] !== undefined ? options[0] : { kind: 'choice', options };
}

function parseSequence(cursor: Cursor): PatternNode {
  const parts: PatternNode[] = [];
  while (cursor.at < cursor.text.length && !sees(cursor, '|') && !sees(cursor, ')')) {
    parts.push(parseRepeat(cursor, parseAtom(cursor)));
  }
  return { kind: 'sequence', parts };
}

function parseRepeat(cursor: Cursor, body: PatternNode): PatternNode {
  const [min, max] = parseQuantifier(cursor) ?? [1, 1];
  if (min === 1 && max === 1) return body;
  take(cursor, '?'); // Lazy or greedy: what fails tries every way either way.
  return { kind: 'repeat', body, min, max };
}

function parseQuantifier(cursor: Cursor): readonly [number, number] | undefined {
  if (take(cursor, '*')) return [0, Infinity];
  if (take(cursor, '+')) return [1, Infinity];
  if (take(cursor, '?')) return [0, 1];
  if (!take(cursor, '{')) return undefined;
  const [min = '', max] = takeUntil(cursor, '}').split(',');
  return [Number(min), max === undefined ? Number(min) : max === '' ? Infinity : Number(max)];
}

function parseAtom(cursor: Cursor): PatternNode {
  if (take(cursor, '^')) return { kind: 'start' };
  if (take(cursor, '$')) return { kind: 'end' };
  if (sees(cursor, '(')) return parseGroup(cursor);
  if (take(cursor, '.')) return { kind: 'character', set: CHARACTER_CLASSES.dot };
  if (take(cursor, '[')) return { kind: 'character', set: parseClass(cursor) };
  if (take(cursor, '\\b') || take(cursor, '\\B')) return EMPTY;
  return { kind: 'character', set: parseCharacter(cursor) };
}

function parseGroup(cursor: Cursor): PatternNode {
  const looksAhead = take(cursor, '(?=') || take(cursor, '(?!');
  const looksBehind = !looksAhead && LOOKBEHIND.some((opening) => take(cursor, opening));
  if (!looksAhead && !looksBehind) openGroup(cursor);
  const body = parseChoice(cursor);
  take(cursor, ')');
  if (looksBehind && repeats(body)) throw new Unjudgeable('it repeats something while looking back');
  if (looksBehind) return EMPTY;
  return looksAhead ? { kind: 'lookahead', body } : body;
}

function openGroup(cursor: Cursor): void {
  if (take(cursor, '(?:')) return;
  if (take(cursor, '(?<')) takeUntil(cursor, '>');
  else if (take(cursor, '(?')) throw new Unjudgeable('it changes flags inside the pattern');
  else take(cursor, '(');
}

function repeats(node: PatternNode): boolean {
  if (node.kind === 'sequence') return node.parts.some(repeats);
  if (node.kind === 'choice') return node.options.some(repeats);
  return node.kind === 'repeat' || node.kind === 'lookahead';
}

function parseClass(cursor: Cursor): CodePoints {
  const negated = take(cursor, '^');
  const ranges: (readonly [number, number])[] = [];
  while (!take(cursor, ']')) {
    const from = parseCharacter(cursor);
    const isRange = sees(cursor, '-') && cursor.text[cursor.at + 1] !== ']';
    if (!isRange) ranges.push(...from);
    else {
      take(cursor, '-');
      const to = parseCharacter(cursor);
      ranges.push([from[0]?.[0] ?? 0, to.at(-1)?.[1] ?? 0]);
    }
  }
  return negated ? complement(ranges) : ranges;
}

function parseCharacter(cursor: Cursor): CodePoints {
  if (!take(cursor, '\\')) return one(next(cursor));
  const letter = next(cursor);
  const named = CHARACTER_CLASSES[letter as 'd'] as CodePoints | undefined;
  if (named !== undefined) return named;
  if (letter === 'p' || letter === 'P') {
    takeUntil(cursor, '}');
    return CHARACTER_CLASSES.any;
  }
  if (/^[1-9k]$/u.test(letter)) throw new Unjudgeable('it refers back to what a group matched');
  return one(parseEscape(cursor, letter));
}

function parseEscape(cursor: Cursor, letter: string): string {
  if (letter === 'b') return '\b';
  if (letter === 'c') return String.fromCodePoint((next(cursor).codePointAt(0) ?? 0) % 32);
  if (letter === 'x') return hex(next(cursor) + next(cursor));
  if (letter === 'u') return parseUnicode(cursor);
  return CONTROLS.get(letter) ?? letter;
}

function parseUnicode(cursor: Cursor): string {
  if (take(cursor, '{')) return hex(takeUntil(cursor, '}'));
  const unit = hex(nextFour(cursor));
  if (!/^[\uD800-\uDBFF]$/u.test(unit) || !take(cursor, '\\u')) return unit;
  return unit + hex(nextFour(cursor));
}

function nextFour(cursor: Cursor): string {
  return next(cursor) + next(cursor) + next(cursor) + next(cursor);
}

function hex(digits: string): string {
  return String.fromCodePoint(Number.parseInt(digits, 16));
}

function one(character: string): CodePoints {
  const code = character.codePointAt(0) ?? 0;
  return [[code, code]];
}

function sees(cursor: Cursor, expected: string): boolean {
  return cursor.text.slice(cursor.at, cursor.at + expected.length).join('') === expected;
}

function take(cursor: Cursor, expected: string): boolean {
  if (!sees(cursor, expected)) return false;
  cursor.at += expected.length;
  return true;
}

function takeUntil(cursor: Cursor, end: string): string {
  let taken = '';
  while (cursor.at < cursor.text.length && !take(cursor, end)) taken += next(cursor);
  return taken;
}

function next(cursor: Cursor): string {
  const character = cursor.text[cursor.at++];
  if (character === undefined) throw new Unjudgeable('it ends too early');
  return character;
}
