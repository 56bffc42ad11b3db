// Rounding that adds up: parts are rounded so that their sum is the rounded total.

/** A list of fractions with one denominator, above zero; no numerator is below zero. */
export interface Fractions {
  readonly numerators: readonly bigint[];
  readonly denominator: bigint;
}

/** The fractions in whole units, each within one unit of its exact value, and the total they add up to. */
export interface Apportioned {
  readonly parts: readonly bigint[];
  /** The exact sum, rounded to whole units, halves up. */
  readonly total: bigint;
}

/**
 * Rounds fractions to whole units by the largest remainder: all are cut, and what the rounded total lacks goes, a unit each,
 * to those that lost most, earlier ones first. Zero stays zero.
 *
 * @see https://en.wikipedia.org/wiki/Quota_method (Hamilton's method)
 */
export function apportion({ numerators, denominator }: Fractions): Apportioned {
  const sum = numerators.reduce((a, b) => a + b, 0n);
  const total = (2n * sum + denominator) / (2n * denominator);
  const parts = numerators.map((numerator) => numerator / denominator);
  const missing = Number(total - parts.reduce((a, b) => a + b, 0n));
  const losses = numerators.map((numerator, index) => ({ index, lost: numerator % denominator }));
  const first = losses.toSorted((a, b) => (a.lost === b.lost ? a.index - b.index : a.lost > b.lost ? -1 : 1));
  for (const { index } of first.slice(0, missing)) parts[index] = (parts[index] ?? 0n) + 1n;
  return { parts, total };
}
