// How the time of a failing match grows with its text, told from the pattern alone.
//
// A backtracking engine walks every path of the automaton that reads a prefix of the text. Weber and Seidl ("On the degree
// of ambiguity of finite automata", 1991) say when their number explodes: a state that two different paths lead back to
// (exponential), or a loop from which the same text leads on to a second loop (one more degree each).

import { createAutomaton, type Automaton } from './automaton.ts';
import { parsePattern, Unjudgeable } from './parse-pattern.ts';

/** `unsafe` says why; a pattern that is too intricate to judge is unsafe too. */
export type PatternCost =
  | { readonly speed: 'linear' | 'quadratic' }
  | { readonly speed: 'unsafe'; readonly reason: string };

/** Steps of one judgement: counted, not timed, so that the same pattern always gets the same answer. */
const MAX_STEPS = 40_000;
/** Paths that forks outside of loops may multiply to. */
const MAX_FORKED_PATHS = 256;

/** Judges a pattern that compiles with the `u` flag. */
export function judgePattern(pattern: string): PatternCost {
  try {
    return judge(new PathSearch(createAutomaton(parsePattern(pattern))));
  } catch (error) {
    if (error instanceof Unjudgeable) return { speed: 'unsafe', reason: error.message };
    throw error;
  }
}

function judge(search: PathSearch): PatternCost {
  const forks = search.findForks();
  if (forks === 'in a loop') {
    return {
      speed: 'unsafe',
      reason: 'a repeat can read one text in several ways, so a mismatch takes exponential time',
    };
  }
  if (search.longestChain(forks) > Math.log2(MAX_FORKED_PATHS)) {
    return { speed: 'unsafe', reason: 'too many of its parts can read one text in several ways' };
  }
  const degree = 1 + search.longestChain(search.findLoopPairs());
  if (degree <= 2) return { speed: degree === 1 ? 'linear' : 'quadratic' };
  return { speed: 'unsafe', reason: `its repeats overlap, so a mismatch takes time with the power of ${degree}` };
}

/** A step that multiplies the paths; a chain of them multiplies by two to the power of their weights. */
interface Leap {
  readonly from: number;
  readonly to: number;
  readonly weight: number;
}

/** Searches in products of the automaton with itself. */
class PathSearch {
  readonly #masks: readonly bigint[];
  readonly #next: Automaton['next'];
  readonly #reachable: readonly ReadonlySet<number>[];
  #steps = 0;

  constructor({ masks, next }: Automaton) {
    this.#masks = masks;
    this.#next = next;
    this.#reachable = next.map((_, state) => this.#closure(state));
  }

  /** Whether a path of at least one character leads from one state to another. */
  reaches(from: number, to: number): boolean {
    return this.#reachable[from]?.has(to) === true;
  }

  /** The states from which two different paths read one text and meet again; in a loop, the paths double each round. */
  findForks(): readonly Leap[] | 'in a loop' {
    const forks: Leap[] = [];
    for (const from of this.#next.keys()) {
      const joins = this.#joins(from);
      if (joins.some((join) => join === from || this.reaches(join, from))) return 'in a loop';
      if (joins.length > 0) forks.push({ from, to: from, weight: Math.log2(this.#branches(from)) });
    }
    return forks;
  }

  /** Loops p and q, such that one text leads around p, from p to q, and around q. */
  findLoopPairs(): readonly Leap[] {
    const loops = [...this.#next.keys()].filter((state) => this.reaches(state, state));
    const pairs: Leap[] = [];
    for (const from of loops) {
      for (const to of loops) {
        if (this.reaches(from, to) && !this.reaches(to, from) && this.#share(from, to))
          pairs.push({ from, to, weight: 1 });
      }
    }
    return pairs;
  }

  /** The greatest weight of leaps one path can make one after the other without coming back. */
  longestChain(leaps: readonly Leap[]): number {
    const weights = new Map<Leap, number>();
    const weightFrom = (leap: Leap): number => {
      const known = weights.get(leap);
      if (known !== undefined) return known;
      let heaviest = 0;
      for (const after of leaps) {
        this.#step();
        if (this.#follows(leap, after)) heaviest = Math.max(heaviest, weightFrom(after));
      }
      weights.set(leap, leap.weight + heaviest);
      return leap.weight + heaviest;
    };
    return leaps.reduce((heaviest, leap) => Math.max(heaviest, weightFrom(leap)), 0);
  }

  #follows(leap: Leap, after: Leap): boolean {
    const isAhead = leap.to === after.from || this.reaches(leap.to, after.from);
    return isAhead && after !== leap && !this.reaches(after.from, leap.from);
  }

  /** Where two different paths from `start` that read one text meet again. */
  #joins(start: number): readonly number[] {
    const joins = new Set<number>();
    for (const [state, ways] of this.#next[start] ?? []) if (ways > 1) joins.add(state);
    const seen = new Set<string>();
    const queue: (readonly number[])[] = [[start, start]];
    for (const [a = 0, b = 0] of queue) {
      for (const [nextA = 0, nextB = 0] of this.#moves([a, b])) {
        if (nextA === nextB && a !== b) joins.add(nextA);
        // Both orders of a pair lead to the same joins: one is enough.
        const pair = nextA < nextB ? [nextA, nextB] : [nextB, nextA];
        if (nextA !== nextB && !seen.has(pair.join())) queue.push(pair);
        seen.add(pair.join());
      }
    }
    return [...joins];
  }

  /** The most ways one character leads out of a state. */
  #branches(state: number): number {
    const successors = [...(this.#next[state] ?? [])];
    const sums = successors.map(([one]) =>
      successors.reduce((sum, [other, ways]) => sum + (this.#overlap(one, other) ? ways : 0), 0),
    );
    return Math.max(1, ...sums);
  }

  /** Whether some text leads p → p, p → q and q → q at once: a search in the triple product from (p,p,q) to (p,q,q). */
  #share(p: number, q: number): boolean {
    const seen = new Set<string>();
    const queue: (readonly number[])[] = [[p, p, q]];
    for (const states of queue) {
      for (const move of this.#moves(states)) {
        const [a = 0, b = 0, c = 0] = move;
        if (a === p && b === q && c === q) return true;
        const leadsBack = this.#within(a, p) && this.#within(c, q) && (b === q || this.reaches(b, q));
        if (leadsBack && !seen.has(move.join())) queue.push(move);
        seen.add(move.join());
      }
    }
    return false;
  }

  /** Every way for all of the states to move on while reading one and the same character. */
  #moves(states: readonly number[]): readonly (readonly number[])[] {
    let moves: readonly { readonly to: readonly number[]; readonly mask: bigint }[] = [{ to: [], mask: -1n }];
    for (const state of states) {
      moves = moves.flatMap(({ to, mask }) => {
        const wider = [...(this.#next[state]?.keys() ?? [])].map((next) => {
          this.#step();
          return { to: [...to, next], mask: mask & (this.#masks[next] ?? 0n) };
        });
        return wider.filter((move) => move.mask !== 0n);
      });
    }
    return moves.map(({ to }) => to);
  }

  /** Whether a state lies on a loop through `home`. */
  #within(state: number, home: number): boolean {
    return state === home || (this.reaches(state, home) && this.reaches(home, state));
  }

  #overlap(a: number, b: number): boolean {
    return ((this.#masks[a] ?? 0n) & (this.#masks[b] ?? 0n)) !== 0n;
  }

  #closure(state: number): ReadonlySet<number> {
    const seen = new Set<number>();
    const queue = [...(this.#next[state]?.keys() ?? [])];
    for (const reached of queue) {
      if (seen.has(reached)) continue;
      seen.add(reached);
      queue.push(...(this.#next[reached]?.keys() ?? []));
    }
    return seen;
  }

  #step(): void {
    if (++this.#steps > MAX_STEPS) throw new Unjudgeable('it is too intricate to judge');
  }
}
