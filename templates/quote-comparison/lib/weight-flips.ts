// How far the weight of the price may change before another offer is first.

import type { Decimal } from 'glovebox';
import type { Scored } from './scores.ts';

/** A weight of the price at which another offer draws level, and beyond which it is first. */
export interface WeightFlip {
  readonly priceWeight: Decimal;
  readonly first: string;
}

/**
 * The nearest weight below and the nearest above the present one, where there are such. The scores W × P + (1 − W) × Q of two offers
 * are equal at W = ΔQ / (ΔQ − ΔP), with Δ = winner − other.
 *
 * @param winner the only first
 */
export function findWeightFlips(present: Decimal, winner: Scored, others: readonly Scored[]): WeightFlip[] {
  const meetings = others.flatMap((other) => {
    const quality = winner.quality.ratio.minus(other.quality.ratio);
    const price = winner.priceScore.minus(other.priceScore);
    if (quality.eq(price)) return [];
    return [{ priceWeight: quality.div(quality.minus(price)), first: other.name }];
  });
  const inside = meetings.filter(({ priceWeight }) => priceWeight.gt(0) && priceWeight.lt(1));
  const below = inside.filter(({ priceWeight }) => priceWeight.lt(present));
  const above = inside.filter(({ priceWeight }) => priceWeight.gt(present));
  return [
    ...below.toSorted((a, b) => b.priceWeight.cmp(a.priceWeight)).slice(0, 1),
    ...above.toSorted((a, b) => a.priceWeight.cmp(b.priceWeight)).slice(0, 1),
  ];
}
