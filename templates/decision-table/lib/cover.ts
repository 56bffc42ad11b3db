// Which combinations of values no rule accepts. The question is answered over cells, so the answer is exact; since it is
// as hard as any question of logic in the worst case, it is asked within a budget.

import type { Domain } from './domain.ts';
import { type Spans, union } from './spans.ts';
import type { Rule } from './table.ts';

/** Cells of one input that the same rules accept; `rules` has bit r set for the rule at index r. */
export interface CellClass {
  readonly cells: Spans;
  readonly rules: bigint;
}

/** For each input the cells it may have: a block of combinations. */
export type Region = readonly Spans[];

/** Steps left, one for each class that is looked at; below zero the search stops. */
export interface Budget {
  steps: number;
}

/** For each input its classes: cells that no rule tells apart. */
export function classify(domains: readonly Domain[], rules: readonly Rule[]): CellClass[][] {
  return domains.map((domain, input) => {
    const classes = new Map<bigint, Spans>();
    for (const { cells, rules: accepting } of stretches(
      domain,
      rules.map((rule) => rule.cells[input] ?? []),
    )) {
      classes.set(accepting, [...(classes.get(accepting) ?? []), ...cells]);
    }
    return [...classes].map(([accepting, cells]) => ({ rules: accepting, cells: union(cells) }));
  });
}

/** The cells of a domain in order, with the rules that accept each: a sweep that flips a rule where its spans end. */
function* stretches({ all }: Domain, accepted: readonly Spans[]): Generator<CellClass> {
  const flips = new Map<number, bigint>();
  accepted.forEach((spans, rule) => {
    for (const edge of spans.flatMap(([from, to]) => [from, to + 1])) {
      flips.set(edge, (flips.get(edge) ?? 0n) ^ (1n << BigInt(rule)));
    }
  });
  let active = 0n;
  let next = 0;
  for (const [from, to] of all) {
    for (; next < from; next += 1) active ^= flips.get(next) ?? 0n;
    for (; next <= to; next += 1) {
      active ^= flips.get(next) ?? 0n;
      yield { cells: [[next, next]], rules: active };
    }
  }
}

/**
 * The regions that none of `rules` accepts, disjoint and together all there is; fewer once the budget is spent
 * (`budget.steps` is then below zero).
 */
export function* uncovered(
  classes: readonly (readonly CellClass[])[],
  rules: bigint,
  budget: Budget,
): Generator<Region> {
  const everything = classes.map((column) => union(column.flatMap(({ cells }) => cells)));
  const indifferent = rulesThatIgnoreTheRest(classes);
  const covered = new Set<string>();

  function* search(input: number, active: bigint, chosen: Region): Generator<Region> {
    if ((active & (indifferent[input] ?? 0n)) !== 0n) return;
    if (active === 0n) {
      yield [...chosen, ...everything.slice(input)];
      return;
    }
    budget.steps -= classes[input]?.length ?? 0;
    if (budget.steps < 0) return;
    const key = `${input}:${active}`;
    if (covered.has(key)) return;
    let found = false;
    for (const [remaining, cells] of branches(classes[input] ?? [], active)) {
      for (const region of search(input + 1, remaining, [...chosen, cells])) {
        found = true;
        yield region;
      }
    }
    if (!found && budget.steps >= 0) covered.add(key);
  }
  yield* search(0, rules, []);
}

/** For each input the rules that accept every cell of it and of all inputs after it; after the last, all rules. */
function rulesThatIgnoreTheRest(classes: readonly (readonly CellClass[])[]): bigint[] {
  const indifferent = [-1n];
  for (const column of classes.toReversed()) {
    indifferent.unshift(column.reduce((rules, each) => rules & each.rules, indifferent[0] ?? -1n));
  }
  return indifferent;
}

/** The cells of an input, together where they leave the same of the active rules. */
function branches(column: readonly CellClass[], active: bigint): Map<bigint, Spans> {
  const cells = new Map<bigint, Spans>();
  for (const each of column) {
    const remaining = active & each.rules;
    cells.set(remaining, union([...(cells.get(remaining) ?? []), ...each.cells]));
  }
  return cells;
}
