// From one yearly amount to a row of them: ramp-up, growth, schedules.

import { Decimal } from 'glovebox';
import { type Currency, type Money, round, ZERO } from './money.ts';

// Far below any smallest unit, and products stay short.
const KEPT_DECIMALS = 20;

/**
 * amount × ramp_t × (1 + growth)^(t − 1) for t = 1 … years, rounded.
 *
 * @param rampUp shares of the full amount in years 1, 2, …; the last one holds for all later years. Empty: full at once
 */
export function yearlyAmounts(
  amount: Money,
  shape: { readonly years: number; readonly rampUp: readonly number[]; readonly growth: number },
  unit: Currency,
): readonly Money[] {
  const step = new Decimal(shape.growth).plus(1);
  let grown = amount;
  return Array.from({ length: shape.years }, (_, index) => {
    if (index > 0) grown = grown.times(step).round(KEPT_DECIMALS);
    return round(grown.times(shape.rampUp[index] ?? shape.rampUp.at(-1) ?? 1), unit);
  });
}

/** Amounts as scheduled for years 1 … years; years that are not listed are zero, later ones are left out. */
export function scheduledAmounts(schedule: readonly number[], years: number, unit: Currency): readonly Money[] {
  return Array.from({ length: years }, (_, index) => {
    const amount = schedule[index];
    return amount === undefined ? ZERO : round(new Decimal(amount), unit);
  });
}
