// The value today of money later. Flows fall at the end of each year; year 0 is the investment and is not discounted.

import { Decimal } from 'glovebox';
import { type Currency, type Money, round, sum, ZERO } from './money.ts';

/** Discount factors 1 / (1 + rate)^t for t = 0 … years. */
export function discountFactors(rate: number | Money, years: number): readonly Money[] {
  const growth = new Decimal(rate).plus(1);
  const factors = [new Decimal(1)];
  for (let year = 1; year <= years; year += 1) factors.push((factors[year - 1] ?? ZERO).div(growth));
  return factors;
}

/**
 * The discounted flows of a table: each is the step between two running totals, and each total is rounded from the
 * exact one. So the rows add up to the NPV, and the NPV is the exact one rounded, to the cent of a spreadsheet; a row
 * can be one smallest unit off its own rounding.
 */
export function discount(flows: readonly Money[], factors: readonly Money[], unit: Currency): readonly Money[] {
  let exact = ZERO;
  let shown = ZERO;
  return flows.map((flow, year) => {
    exact = exact.plus(flow.times(factors[year] ?? ZERO));
    const row = round(exact, unit).minus(shown);
    shown = shown.plus(row);
    return row;
  });
}

/** PV = Σ flow_t / (1 + rate)^t, not rounded. */
export function presentValue(flows: readonly Money[], factors: readonly Money[]): Money {
  return sum(flows.map((flow, year) => flow.times(factors[year] ?? ZERO)));
}
