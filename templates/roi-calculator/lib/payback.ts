// When the money is back: from then on the running total stays at or above zero until the end of the horizon.

import { Decimal } from 'glovebox';
import type { Money } from './money.ts';
import type { Months } from './types.ts';

/**
 * Months from the investment until the cumulative flow is back at zero for good, interpolated within the year:
 * 12 × (k + −cumulative_k / flow_{k+1}), where k is the last year that ends below zero.
 *
 * @param flows yearly net flows, year 0 first; discounted ones give the discounted payback
 */
export function payback(flows: readonly Money[]): Months {
  const cumulative = runningTotal(flows);
  const lastBelow = cumulative.findLastIndex((total) => total.lt(0));
  if (lastBelow === -1) return { months: 0 };
  const below = cumulative[lastBelow];
  const next = flows[lastBelow + 1];
  if (below === undefined || next === undefined) {
    return { months: null, reason: 'the money is not back by the end of the horizon' };
  }
  const months = new Decimal(lastBelow).minus(below.div(next)).times(12);
  return { months: Number(months.round(1).toString()) };
}

/** Sum of all flows up to and including each year. */
export function runningTotal(flows: readonly Money[]): readonly Money[] {
  let total: Money = new Decimal(0);
  return flows.map((flow) => (total = total.plus(flow)));
}
