// Ratios as results show them.

import type { Decimal } from 'glovebox';

/** Twelve decimals: three digits beyond nine nines. */
const RATIO_DIGITS = 12;

/** A ratio as a JSON number. */
export function toRatio(ratio: Decimal, digits: number = RATIO_DIGITS): number {
  return Number(ratio.round(digits).toString());
}
