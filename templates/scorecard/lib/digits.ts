// Decimals as whole numbers of a small unit: everything after normalisation is exact whole-number arithmetic.

import { Decimal } from 'glovebox';

/** Decimals a normalised value has: it is rounded to them before it is weighted. */
export const NORMALISED_DIGITS = 6;

/** Decimals a weight may have. */
export const WEIGHT_DIGITS = 6;

/** Decimals that shares of weights are shown with. */
export const SHARE_DIGITS = 4;

/** 10 to the power of `digits`. */
export function unitsOf(digits: number): bigint {
  return 10n ** BigInt(digits);
}

/** A decimal in units of its last digit, rounded with halves away from zero. */
export function toUnits(value: Decimal | number, digits: number): bigint {
  return BigInt(new Decimal(value).times(`1e${digits}`).toFixed(0));
}

/** The number that is so many units: 12345 units of two digits are 123.45. */
export function fromUnits(units: bigint, digits: number): number {
  return Number(`${units}e-${digits}`);
}
