// From a price to a score of 0 to 1 beside the lowest price, and back.

import { Decimal } from 'glovebox';
import type { Purchase } from './types.ts';

/** A method of scoring prices. Scores fall as the price rises and rise with the lowest price. */
export interface PriceScore {
  /** The score of a price; the lowest scores 1. */
  score(price: Decimal, lowest: Decimal): Decimal;
  /** The price that has the score, beside the lowest. The score is above 0. */
  priceFor(score: Decimal, lowest: Decimal): Decimal;
  /** The lowest price beside which the price has the score. The score is 0 to 1. */
  lowestFor(score: Decimal, price: Decimal): Decimal;
}

/** The method a purchase is scored by. */
export function createPriceScore({ priceScore, zeroAt }: Pick<Purchase, 'priceScore' | 'zeroAt'>): PriceScore {
  return priceScore === 'ratio' ? RATIO : createLinear(new Decimal(zeroAt));
}

const ONE = new Decimal(1);
const ZERO = new Decimal(0);

/** score = lowest / price: twice the price, half the points. */
const RATIO: PriceScore = {
  score: (price, lowest) => (price.eq(lowest) ? ONE : lowest.div(price)),
  priceFor: (score, lowest) => lowest.div(score),
  lowestFor: (score, price) => price.times(score),
};

/** score = (z × lowest − price) / ((z − 1) × lowest), not below 0. */
function createLinear(z: Decimal): PriceScore {
  const span = z.minus(1);
  return {
    score: (price, lowest) => {
      if (price.eq(lowest)) return ONE;
      if (price.gte(lowest.times(z))) return ZERO;
      return lowest.times(z).minus(price).div(lowest.times(span));
    },
    priceFor: (score, lowest) => lowest.times(z.minus(score.times(span))),
    lowestFor: (score, price) => price.div(z.minus(score.times(span))),
  };
}
