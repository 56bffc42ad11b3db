// How much comes back for what is put in.

import { type Currency, type Money, round, share, write } from './money.ts';
import type { BusinessCase, Ratio } from './types.ts';

/** ROI = (benefits − costs − tax) / costs over the whole horizon, not discounted. */
export function returnOnInvestment(net: Money, costs: Money): Ratio {
  if (costs.lte(0)) return { ratio: null, percent: null, reason: 'there are no costs to relate the return to' };
  return { ratio: share(net, costs, 6), percent: share(net.times(100), costs, 2) };
}

/** Benefit/cost ratio = PV(benefits − tax) / PV(costs). */
export function benefitCostRatio(benefits: Money, costs: Money): BusinessCase['benefitCostRatio'] {
  if (costs.lte(0)) return { ratio: null, reason: 'there are no costs to relate the benefits to' };
  return { ratio: share(benefits, costs, 4) };
}

/**
 * The share of the planned benefits at which the NPV is zero: 1 − NPV / PV(benefits after tax). The NPV is linear in
 * the benefits, so this is exact; 0 when the case pays without any.
 *
 * @param total planned benefits of all years
 */
export function breakEven(
  values: { readonly npv: Money; readonly benefits: Money; readonly total: Money },
  years: number,
  unit: Currency,
): BusinessCase['breakEven'] {
  const { npv, benefits, total } = values;
  if (benefits.lte(0)) {
    return { benefitShare: null, averageAnnualBenefit: null, reason: 'there are no benefits to scale' };
  }
  const needed = benefits.minus(npv).div(benefits);
  const positive = needed.lt(0) ? needed.times(0) : needed;
  return {
    benefitShare: Number(positive.round(4).toString()),
    averageAnnualBenefit: write(round(positive.times(total).div(years), unit), unit),
  };
}
