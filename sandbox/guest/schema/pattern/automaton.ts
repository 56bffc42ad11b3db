// The automaton a backtracking engine walks: one state per character a pattern can read (Glushkov's construction), with
// the number of ways that lead from one to the next.

import { CHARACTER_CLASSES, toMasks, type CodePoints } from './code-points.ts';
import { Unjudgeable, type PatternNode } from './parse-pattern.ts';

/** State 0 is before the first character; the others read a character of their set when they are entered. */
export interface Automaton {
  /** Two states read a common character exactly when their masks share a bit. */
  readonly masks: readonly bigint[];
  /** Successor → ways to get there. */
  readonly next: readonly ReadonlyMap<number, number>[];
}

const MAX_STATES = 1000;
const MAX_EDGES = 10_000;
const MAX_EMPTY_WAYS = 16;
/** A repeat with at most so many optional rounds is unrolled; more are judged as if they were endless. */
const MAX_UNROLLED = 8;

/** @throws Unjudgeable when the pattern unrolls to more than can be judged */
export function createAutomaton(pattern: PatternNode): Automaton {
  const draft: Draft = { sets: [[]], next: [new Map<number, number>()], edges: 0 };
  const whole = build(draft, pattern);
  const entries = whole.first;
  for (const { state, ways } of entries) connect(draft, 0, state, ways);
  // Where it is not anchored, the engine tries again from every later character.
  if (whole.empty[0] === 0 && entries.some(({ anchored }) => !anchored)) {
    const search = addState(draft, CHARACTER_CLASSES.any);
    connect(draft, 0, search, 1);
    connect(draft, search, search, 1);
    for (const { state, anchored, ways } of entries) if (!anchored) connect(draft, search, state, ways);
  }
  stopAtSuccess(draft, new Set(whole.last.filter(({ anchored }) => !anchored).map(({ state }) => state)));
  return { masks: toMasks(draft.sets), next: draft.next };
}

interface Draft {
  readonly sets: CodePoints[];
  readonly next: Map<number, number>[];
  edges: number;
}

/** A state a part begins or ends with; anchored: only at the text's start (begin) or end (end). */
interface Border {
  readonly state: number;
  readonly anchored: boolean;
  readonly ways: number;
}

/** A part of the pattern. `empty`: in how many ways it matches nothing, by index 1 = needs ^, 2 = needs $. */
interface Part {
  readonly first: readonly Border[];
  readonly last: readonly Border[];
  readonly empty: readonly [number, number, number, number];
}

const NOTHING: Part = { first: [], last: [], empty: [1, 0, 0, 0] };

function build(draft: Draft, node: PatternNode): Part {
  switch (node.kind) {
    case 'character': {
      const border = [{ state: addState(draft, node.set), anchored: false, ways: 1 }];
      return { first: border, last: border, empty: [0, 0, 0, 0] };
    }
    case 'empty':
      return NOTHING;
    case 'start':
      return { ...NOTHING, empty: [0, 1, 0, 0] };
    case 'end':
      return { ...NOTHING, empty: [0, 0, 1, 0] };
    case 'sequence':
      return node.parts.reduce<Part>((before, part) => join(draft, before, build(draft, part)), NOTHING);
    case 'choice':
      return node.options.map((option) => build(draft, option)).reduce(either);
    case 'repeat':
      return buildRepeat(draft, node.body, node.min, node.max);
    case 'lookahead':
      // Its body is tried beside what follows and leads nowhere.
      return { ...NOTHING, first: build(draft, node.body).first };
  }
}

function buildRepeat(draft: Draft, body: PatternNode, min: number, max: number): Part {
  let part = NOTHING;
  for (let round = 0; round < min; round++) part = join(draft, part, build(draft, body));
  if (max - min > MAX_UNROLLED) return join(draft, part, buildLoop(draft, body));
  let optional = NOTHING;
  for (let round = min; round < max; round++) optional = skippable(join(draft, build(draft, body), optional));
  return join(draft, part, optional);
}

function buildLoop(draft: Draft, body: PatternNode): Part {
  const round = build(draft, body);
  link(draft, round.last, round.first);
  return skippable(round);
}

/** An optional round that matches nothing is refused by the engine: skipping is the only empty way. */
function skippable(part: Part): Part {
  return { ...part, empty: NOTHING.empty };
}

function either(a: Part, b: Part): Part {
  const empty = a.empty.map((ways, index) => ways + (b.empty[index] ?? 0));
  return { first: [...a.first, ...b.first], last: [...a.last, ...b.last], empty: checkEmpty(empty) };
}

function join(draft: Draft, a: Part, b: Part): Part {
  link(draft, a.last, b.first);
  const empty = [0, 0, 0, 0];
  for (const [i, waysA] of a.empty.entries()) {
    for (const [j, waysB] of b.empty.entries()) empty[i | j] = (empty[i | j] ?? 0) + waysA * waysB;
  }
  return {
    first: [...a.first, ...through(b.first, a.empty[0], a.empty[1])],
    last: [...b.last, ...through(a.last, b.empty[0], b.empty[2])],
    empty: checkEmpty(empty),
  };
}

/** Borders seen through a neighbour that matches nothing in `plain` ways, and in `anchored` ways at the text's edge. */
function through(borders: readonly Border[], plain: number, anchored: number): readonly Border[] {
  return borders.flatMap((border) => [
    ...(plain === 0 ? [] : [{ ...border, ways: border.ways * plain }]),
    ...(anchored === 0 ? [] : [{ ...border, anchored: true, ways: border.ways * anchored }]),
  ]);
}

/** Nothing follows a `$`, nothing comes before a `^`. */
function link(draft: Draft, last: readonly Border[], first: readonly Border[]): void {
  for (const from of last) {
    if (from.anchored) continue;
    for (const to of first) if (!to.anchored) connect(draft, from.state, to.state, from.ways * to.ways);
  }
}

function connect(draft: Draft, from: number, to: number, ways: number): void {
  const successors = draft.next[from];
  if (successors === undefined || ++draft.edges > MAX_EDGES) throw new Unjudgeable('it branches too much');
  successors.set(to, (successors.get(to) ?? 0) + ways);
}

function addState(draft: Draft, set: CodePoints): number {
  if (draft.sets.length >= MAX_STATES) throw new Unjudgeable('its repeats unroll to too many characters');
  draft.next.push(new Map());
  return draft.sets.push(set) - 1;
}

function checkEmpty(ways: readonly number[]): Part['empty'] {
  const [plain = 0, start = 0, end = 0, both = 0] = ways;
  if (plain + start + end + both > MAX_EMPTY_WAYS) throw new Unjudgeable('it matches nothing in too many ways');
  return [plain, start, end, both];
}

/** From a state where the match is complete and stays so, nothing can fail any more: the walk ends there. */
function stopAtSuccess(draft: Draft, complete: Set<number>): void {
  let size: number;
  do {
    size = complete.size;
    for (const state of complete) {
      const successors = draft.next[state]?.keys() ?? [];
      if (![...successors].every((successor) => complete.has(successor))) complete.delete(state);
    }
  } while (complete.size < size);
  for (const state of complete) draft.next[state]?.clear();
}
