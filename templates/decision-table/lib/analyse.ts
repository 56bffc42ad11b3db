// What a table leaves open, decides twice, or never gets to: the checks DMN tools run before a table is trusted.

import { type Budget, type CellClass, classify, type Region, uncovered } from './cover.ts';
import { comparePriority, isSameOutputs } from './priority.ts';
import { Refusal } from './refusal.ts';
import type { Domain } from './domain.ts';
import { firstCell, hasCell, intersect, isOverlapping, type Spans } from './spans.ts';
import type { Rule, Table } from './table.ts';
import type { Facts, HitPolicy } from './table-source.ts';

/** What an analysis found. */
export interface Analysis {
  readonly hitPolicy: HitPolicy;
  readonly rules: number;
  /** Whether every combination of values matches a rule; null when that was not decided within the budget. */
  readonly complete: boolean | null;
  /** Combinations no rule matches; the first {@link SHOWN}. */
  readonly gaps: readonly Sample[];
  /** Whether the table's default decides in the gaps. */
  readonly hasDefault: boolean;
  /** Pairs of rules that match the same facts, in all, and the first {@link SHOWN}. */
  readonly overlapCount: number;
  readonly overlaps: readonly Overlap[];
  /** Rules that earlier ones leave nothing to; only under `first`, where order decides. */
  readonly unreachable: readonly number[];
}

/** A block of combinations, written as the `when` of a rule that would match just these, and one of them as facts. */
export interface Sample {
  readonly when: Readonly<Record<string, string>>;
  readonly facts: Facts;
}

/** Two rules that match the same facts. */
export interface Overlap extends Sample {
  readonly rules: readonly [number, number];
  readonly sameOutputs: boolean;
}

/** How many gaps and overlaps are shown: enough to work on, few enough to read. */
export const SHOWN = 10;

const EVERY_RULE = -1n;

/** Far more than tables that people can read need; a bound for tables built to have no end. */
const STEPS = 200_000;

/**
 * Analyses a table.
 *
 * @throws Refusal when two rules break the hit policy: under `unique` any two that match the same facts, under `priority`
 * two of equal priority that decide differently
 */
export function analyse(table: Table): Analysis {
  const { source, domains, rules } = table;
  const pairs = overlappingPairs(rules);
  assertPolicyHolds(table, pairs);

  const classes = classify(domains, rules);
  const budget: Budget = { steps: STEPS };
  const gaps = uncovered(classes, EVERY_RULE, budget).take(SHOWN).toArray();
  return {
    hitPolicy: source.hitPolicy,
    rules: rules.length,
    complete: gaps.length > 0 ? false : budget.steps < 0 ? null : true,
    gaps: gaps.map((region) => describeRegion(table, region)),
    hasDefault: source.default !== null,
    overlapCount: pairs.length,
    overlaps: pairs.slice(0, SHOWN).map((pair) => describeOverlap(table, pair)),
    unreachable: source.hitPolicy === 'first' ? maskedRules(classes, rules) : [],
  };
}

type Pair = readonly [Rule, Rule];

function overlappingPairs(rules: readonly Rule[]): Pair[] {
  const pairs: Pair[] = [];
  rules.forEach((a, index) => {
    for (const b of rules.slice(index + 1)) {
      if (a.cells.every((spans, input) => isOverlapping(spans, b.cells[input] ?? []))) pairs.push([a, b]);
    }
  });
  return pairs;
}

function assertPolicyHolds(table: Table, pairs: readonly Pair[]): void {
  const { hitPolicy, outputs } = table.source;
  const broken = pairs.find(([a, b]) => {
    if (hitPolicy === 'unique') return true;
    return hitPolicy === 'priority' && comparePriority(outputs, a, b) === 0 && !isSameOutputs(outputs, a, b);
  });
  if (broken === undefined) return;
  const { rules, when, facts } = describeOverlap(table, broken);
  const allowed = hitPolicy === 'unique' ? 'allows one' : 'needs them to differ in priority or agree';
  throw new Refusal(
    `rules ${rules.join(' and ')} both match ${JSON.stringify(facts)}, but hit policy "${hitPolicy}" ${allowed}; ` +
      `they meet where ${JSON.stringify(when)}: narrow one of them, or choose another hit policy`,
  );
}

/** Rules that match nothing the rules before them leave over; a rule whose check ran out of budget is not named. */
function maskedRules(classes: readonly (readonly CellClass[])[], rules: readonly Rule[]): number[] {
  const isMasked = (rule: Rule, index: number): boolean => {
    if (!isCornerTaken(rule, rules.slice(0, index))) return false;
    const bit = 1n << BigInt(index);
    const own = classes.map((column) => column.filter((each) => (each.rules & bit) !== 0n));
    const budget: Budget = { steps: Math.ceil(STEPS / rules.length) };
    return uncovered(own, bit - 1n, budget).next().done === true && budget.steps >= 0;
  };
  return rules.filter(isMasked).map((rule) => rule.number);
}

/** Whether others match where a rule's first cells meet. Where none does, one look has cleared the rule. */
function isCornerTaken({ cells }: Rule, others: readonly Rule[]): boolean {
  const corner = cells.map(firstCell);
  return others.some((other) => other.cells.every((spans, input) => hasCell(spans, corner[input] ?? -1)));
}

function describeOverlap(table: Table, [a, b]: Pair): Overlap {
  const region = a.cells.map((spans, input) => intersect(spans, b.cells[input] ?? []));
  return {
    rules: [a.number, b.number],
    ...describeRegion(table, region),
    sameOutputs: isSameOutputs(table.source.outputs, a, b),
  };
}

function describeRegion({ source, domains }: Table, region: Region): Sample {
  const describe = <T>(read: (domain: Domain, cells: Spans) => T): Record<string, T> =>
    Object.fromEntries(
      domains.map((domain, input) => [source.inputs[input]?.name ?? '', read(domain, region[input] ?? domain.all)]),
    );
  return {
    when: describe((domain, cells) => domain.write(cells)),
    facts: describe((domain, cells) => domain.sample(cells)),
  };
}
