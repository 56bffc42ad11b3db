// The price at which an offer is first, all other offers as they are.

import { Decimal } from 'glovebox';
import { lowestOf, type Scored, type ScoreRules, SIGNIFICANT_DIGITS } from './scores.ts';

/** Where an offer's price tips the ranking. */
export type BreakEven =
  /** First up to this price, which is not rounded. */
  | { readonly kind: 'up-to'; readonly price: Decimal }
  /** First whatever it costs. */
  | { readonly kind: 'any-price' }
  /** Not first even for nothing. */
  | { readonly kind: 'never' };

/**
 * The highest price at which no other offer has more points. A dearer offer loses points itself, and a cheaper one that becomes
 * the lowest takes points from all others, so there are two cases:
 *
 * - at or above the lowest other price m, the others' scores stand still: W × score(x, m) + Q = the best of them;
 * - below m the offer is the lowest itself: W + Q = W × score(price of another, x) + that one's quality, for each other.
 *
 * @param others at least one
 */
export function findBreakEven(rules: ScoreRules, offer: Scored, others: readonly Scored[]): BreakEven {
  const { method, priceWeight } = rules;
  const own = qualityPoints(rules, offer);
  const lowest = lowestOf(others);
  const best = others
    .map((other) => priceWeight.times(method.score(other.price, lowest)).plus(qualityPoints(rules, other)))
    .reduce((top, score) => (score.gt(top) ? score : top));
  const needed = best.minus(own);
  if (needed.round(SIGNIFICANT_DIGITS).lte(0)) return { kind: 'any-price' };
  if (needed.lte(priceWeight)) {
    return { kind: 'up-to', price: method.priceFor(needed.div(priceWeight), lowest) };
  }
  // Below nothing there is no price to ask.
  if (priceWeight.eq(0) || lowest.eq(0)) return { kind: 'never' };
  return findBelow(rules, own, others);
}

/** The break-even price below all others. */
function findBelow(rules: ScoreRules, own: Decimal, others: readonly Scored[]): BreakEven {
  const { method, priceWeight } = rules;
  let price = lowestOf(others);
  for (const other of others) {
    const allowed = priceWeight.plus(own).minus(qualityPoints(rules, other)).div(priceWeight);
    if (allowed.round(SIGNIFICANT_DIGITS).lt(0)) return { kind: 'never' };
    const bound = allowed.lt(1) ? method.lowestFor(allowed, other.price) : price;
    if (bound.lt(price)) price = bound;
  }
  return { kind: 'up-to', price };
}

/** What the needs give an offer, 0 to 1 − W. */
function qualityPoints({ priceWeight }: ScoreRules, { quality }: Scored): Decimal {
  return new Decimal(1).minus(priceWeight).times(quality.ratio);
}
