// Price and quality as points out of a hundred, for the offers that are in.

import { Decimal } from 'glovebox';
import { sum } from './money.ts';
import type { PriceScore } from './price-score.ts';
import type { Quality } from './quality.ts';

/** An offer with what its points are made of. */
export interface Contender {
  readonly name: string;
  /** What the offer costs, as a present value. */
  readonly price: Decimal;
  readonly quality: Quality;
}

/** The rules points are given by. */
export interface ScoreRules {
  readonly method: PriceScore;
  /** Share of the price, 0 to 1. */
  readonly priceWeight: Decimal;
}

/** An offer's exact score, 0 to 1, and its parts. */
export interface Scored extends Contender {
  /** 0 to 1, before it is weighted. */
  readonly priceScore: Decimal;
  readonly score: Decimal;
}

/** Decimals that make a difference: what lies beyond comes from rounded divisions. */
export const SIGNIFICANT_DIGITS = 20;

/** Scores offers against each other, best first; equals keep their order. */
export function scoreOffers({ method, priceWeight }: ScoreRules, contenders: readonly Contender[]): Scored[] {
  const lowest = lowestOf(contenders);
  return contenders
    .map((each) => {
      const priceScore = method.score(each.price, lowest);
      const quality = new Decimal(1).minus(priceWeight).times(each.quality.ratio);
      return { ...each, priceScore, score: priceWeight.times(priceScore).plus(quality) };
    })
    .toSorted(compareScores);
}

/** The lowest price among offers; there is at least one. */
export function lowestOf(contenders: readonly Contender[]): Decimal {
  return contenders.map(({ price }) => price).reduce((low, price) => (price.lt(low) ? price : low));
}

/** Below 0 when the first is better, 0 when both are equal. */
export function compareScores(a: Scored, b: Scored): number {
  return b.score.round(SIGNIFICANT_DIGITS).cmp(a.score.round(SIGNIFICANT_DIGITS));
}

/** Points as shown: two decimals, and parts that add up to the total. */
export interface Points {
  readonly total: Decimal;
  readonly parts: readonly Decimal[];
}

const POINT_DIGITS = 2;

/**
 * Rounds parts by the largest remainder: all are cut to two decimals, and what the rounded total lacks goes, a hundredth each, to
 * those that lost most, earlier ones first.
 *
 * @see https://en.wikipedia.org/wiki/Quota_method (Hamilton's method)
 */
export function roundPoints(exact: readonly Decimal[], digits = POINT_DIGITS): Points {
  const total = sum(exact).round(digits);
  const parts = exact.map((part) => part.round(digits, Decimal.roundDown));
  const unit = new Decimal(`1e-${digits}`);
  const missing = total.minus(sum(parts)).div(unit).toNumber();
  const losses = exact.map((part, index) => ({ index, lost: part.minus(parts[index] ?? 0) }));
  const first = losses.toSorted((a, b) => b.lost.cmp(a.lost) || a.index - b.index);
  for (const { index } of first.slice(0, missing)) parts[index] = (parts[index] ?? new Decimal(0)).plus(unit);
  return { total, parts };
}
