// One candidate against the criteria: what each value is worth and weighs, as exact whole numbers.

import { NORMALISED_DIGITS, toUnits, unitsOf, WEIGHT_DIGITS } from './digits.ts';
import { findGateFailure, type GateFailure } from './gate.ts';
import { normalise } from './normalise.ts';
import { Refusal } from './refusal.ts';
import type { Candidate, Criterion, MissingPolicy, Scorecard, Value } from './types.ts';

/** One criterion of one candidate. */
export interface TallyRow {
  readonly criterion: Criterion;
  /** null = missing. */
  readonly value: Value | null;
  /** What the value is worth, in units of 10^-6. */
  readonly worth: bigint;
  /** In units of 10^-6; 0 when the criterion is left out. */
  readonly weight: bigint;
  /** Whether the criterion is left out for this candidate. */
  readonly isSkipped: boolean;
  /** How the worth came about. */
  readonly how: string;
}

/** A candidate's exact score: the fraction `points / weight` of one, in units of 10^-6. */
export interface Tally {
  readonly name: string;
  readonly rows: readonly TallyRow[];
  /** Σ weight × worth. */
  readonly points: bigint;
  /** Σ weight of what is not left out; above 0. */
  readonly weight: bigint;
  readonly gateFailures: readonly GateFailure[];
}

/** What a missing value is worth, and what is said of it. */
const MISSING: Readonly<Record<Exclude<MissingPolicy, 'refuse'>, { readonly worth: bigint; readonly how: string }>> = {
  worst: { worth: 0n, how: 'no value: counts as nothing' },
  neutral: { worth: unitsOf(NORMALISED_DIGITS) / 2n, how: 'no value: counts as half' },
  skip: { worth: 0n, how: 'no value: left out, and the other criteria share its weight' },
};

/**
 * Tallies a candidate.
 *
 * @throws Refusal when a value does not fit its scale, is missing where it must not, or nothing with a weight is known
 */
export function tally(card: Scorecard, { name, values }: Candidate): Tally {
  const rows = card.criteria.map((criterion) => {
    const value = Object.hasOwn(values, criterion.id) ? values[criterion.id] : undefined;
    try {
      return tallyRow(criterion, value, criterion.missing ?? card.missing);
    } catch (error) {
      if (error instanceof Refusal) throw new Refusal(`candidate "${name}", "${criterion.id}": ${error.message}`);
      throw error;
    }
  });
  const weight = rows.reduce((sum, row) => sum + row.weight, 0n);
  if (weight === 0n) throw new Refusal(`candidate "${name}" has no value for any criterion with a weight`);
  return {
    name,
    rows,
    points: rows.reduce((sum, row) => sum + row.weight * row.worth, 0n),
    weight,
    gateFailures: rows
      .map(({ criterion, value }) => findGateFailure(criterion, value ?? undefined))
      .filter((failure) => failure !== undefined),
  };
}

/** Below 0 when the first score is higher, 0 when both are exactly equal. */
export function compareTallies(a: Tally, b: Tally): number {
  const difference = b.points * a.weight - a.points * b.weight;
  return difference === 0n ? 0 : difference > 0n ? 1 : -1;
}

function tallyRow(criterion: Criterion, value: Value | undefined, policy: MissingPolicy): TallyRow {
  const weight = toUnits(criterion.weight, WEIGHT_DIGITS);
  if (value !== undefined) {
    const { units, how } = normalise(criterion.scale, value);
    return { criterion, value, worth: units, weight, isSkipped: false, how };
  }
  if (policy === 'refuse') throw new Refusal('the value is missing');
  const isSkipped = policy === 'skip';
  return { criterion, value: null, weight: isSkipped ? 0n : weight, isSkipped, ...MISSING[policy] };
}
