// A candidate's tally as people read it: rounded so that it still adds up.

import { apportion } from './apportion.ts';
import { fromUnits, NORMALISED_DIGITS, SHARE_DIGITS, toUnits, unitsOf, WEIGHT_DIGITS } from './digits.ts';
import type { GateFailure } from './gate.ts';
import type { Tally, TallyRow } from './tally.ts';
import type { Band, Scorecard, Value } from './types.ts';

/** What one criterion gave a candidate. */
export interface Contribution {
  readonly criterion: string;
  readonly title: string;
  /** null = missing. */
  readonly value: Value | null;
  /** 0 to 1; null when the criterion is left out. */
  readonly normalised: number | null;
  /** Share of all weights, 0 to 1; shares add up to 1. */
  readonly share: number;
  /** Contributions add up to the score. */
  readonly contribution: number;
  readonly explanation: string;
}

/** A candidate's score, explained. */
export interface Report {
  readonly name: string;
  readonly score: number;
  readonly band: { readonly label: string; readonly meaning: string | null } | null;
  readonly eligible: boolean;
  readonly failedGates: readonly GateFailure[];
  readonly contributions: readonly Contribution[];
  readonly missing: readonly string[];
  /** The least and the most the score could be, whatever the missing values are. */
  readonly possible: { readonly lowest: number; readonly highest: number };
}

/** Rounds and explains a tally. */
export function report(card: Scorecard, tally: Tally): Report {
  const { decimals, maximum } = card;
  const scale = BigInt(maximum) * unitsOf(decimals);
  const { parts, total } = apportion({
    numerators: tally.rows.map(({ weight, worth }) => weight * worth * scale),
    denominator: tally.weight * unitsOf(NORMALISED_DIGITS),
  });
  const shares = sharesOf(tally.rows.map(({ weight }) => weight));
  const score = fromUnits(total, decimals);
  return {
    name: tally.name,
    score,
    band: findBand(card.bands, score),
    eligible: tally.gateFailures.length === 0,
    failedGates: tally.gateFailures,
    contributions: tally.rows.map((row, index) =>
      explain(row, maximum, shares[index] ?? 0, fromUnits(parts[index] ?? 0n, decimals)),
    ),
    missing: tally.rows.filter(({ value }) => value === null).map(({ criterion }) => criterion.id),
    possible: possibleScores(card, tally, score),
  };
}

/** Weights as shares of their sum, which add up to 1. */
export function sharesOf(weights: readonly bigint[]): number[] {
  const { parts } = apportion({
    numerators: weights.map((weight) => weight * unitsOf(SHARE_DIGITS)),
    denominator: weights.reduce((sum, weight) => sum + weight, 0n),
  });
  return parts.map((part) => fromUnits(part, SHARE_DIGITS));
}

function explain(row: TallyRow, maximum: number, share: number, contribution: number): Contribution {
  const { criterion, how, isSkipped, value, worth } = row;
  const normalised = fromUnits(worth, NORMALISED_DIGITS);
  const worthText = value === null ? how : `${String(value)} (${how}) is worth ${normalised}`;
  return {
    criterion: criterion.id,
    title: criterion.title ?? criterion.id,
    value,
    normalised: isSkipped ? null : normalised,
    share,
    contribution,
    explanation: isSkipped ? how : `${worthText}; at a share of ${share} of ${maximum} it gives ${contribution}`,
  };
}

function findBand(bands: readonly Band[], score: number): Report['band'] {
  const band = bands.toSorted((a, b) => b.from - a.from).find(({ from }) => score >= from);
  return band === undefined ? null : { label: band.label, meaning: band.meaning ?? null };
}

/** The score with every missing value at its worst and at its best; what is left out counts again. */
function possibleScores({ decimals, maximum }: Scorecard, { rows }: Tally, score: number): Report['possible'] {
  if (rows.every(({ value }) => value !== null)) return { lowest: score, highest: score };
  const one = unitsOf(NORMALISED_DIGITS);
  const weightOf = ({ criterion }: TallyRow): bigint => toUnits(criterion.weight, WEIGHT_DIGITS);
  const scoreWith = (worth: bigint): number => {
    const points = rows.reduce((sum, row) => sum + weightOf(row) * (row.value === null ? worth : row.worth), 0n);
    const denominator = rows.reduce((sum, row) => sum + weightOf(row), 0n) * one;
    const { total } = apportion({ numerators: [points * BigInt(maximum) * unitsOf(decimals)], denominator });
    return fromUnits(total, decimals);
  };
  return { lowest: scoreWith(0n), highest: scoreWith(one) };
}
