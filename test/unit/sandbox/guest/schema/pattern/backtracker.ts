// A backtracking engine that counts its steps: what V8 does, without its clock.

import { parsePattern, type PatternNode } from '../../../../../../sandbox/guest/schema/pattern/parse-pattern.ts';

const MAX_STEPS = 2_000_000;

/** The steps it takes to search a pattern in a text, stopping at two million. */
export function countSteps(pattern: string, text: string): number {
  const node = parsePattern(pattern);
  const search = { codes: Array.from(text, (character) => character.codePointAt(0) ?? 0), steps: 0 };
  for (let start = 0; start <= search.codes.length; start++) {
    if (match(search, node, start, () => true)) break;
  }
  return search.steps;
}

interface Search {
  readonly codes: readonly number[];
  steps: number;
}

interface Round {
  readonly node: PatternNode & { readonly kind: 'repeat' };
  readonly round: number;
}

type Continue = (at: number) => boolean;

function match(search: Search, node: PatternNode, at: number, next: Continue): boolean {
  if (++search.steps > MAX_STEPS) return true;
  switch (node.kind) {
    case 'character': {
      const code = search.codes[at];
      return code !== undefined && node.set.some(([from, to]) => from <= code && code <= to) && next(at + 1);
    }
    case 'start':
      return at === 0 && next(at);
    case 'end':
      return at === search.codes.length && next(at);
    case 'empty':
      return next(at);
    case 'sequence':
      return matchParts(search, node.parts, at, next);
    case 'choice':
      return node.options.some((option) => match(search, option, at, next));
    case 'repeat':
      return matchRepeat(search, { node, round: 0 }, at, next);
    case 'lookahead':
      return match(search, node.body, at, () => true) && next(at);
  }
}

function matchParts(search: Search, parts: readonly PatternNode[], at: number, next: Continue): boolean {
  const [part, ...rest] = parts;
  return part === undefined ? next(at) : match(search, part, at, (to) => matchParts(search, rest, to, next));
}

function matchRepeat(search: Search, { node, round }: Round, at: number, next: Continue): boolean {
  const again = (): boolean =>
    match(search, node.body, at, (to) => {
      // The engine refuses an optional round that reads nothing.
      return (to > at || round < node.min) && matchRepeat(search, { node, round: round + 1 }, to, next);
    });
  if (round < node.min) return again();
  return (round < node.max && again()) || next(at);
}
