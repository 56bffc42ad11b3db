// When a customer has paid back what it cost to win them.

import type { Curve } from './cohort.ts';
import { type Money, ratio } from './money.ts';
import type { Figure, UnitEconomics } from './types.ts';

/**
 * Payback three ways: by the rule of thumb that nobody leaves, and by the cohort, as it is and discounted.
 *
 * @param cac undefined when nobody was won
 */
export function paybacks(cac: Money | undefined, monthlyProfit: Money, curve: Curve): UnitEconomics['payback'] {
  return {
    simpleMonths: simpleMonths(cac, monthlyProfit),
    cohortMonth: monthOf(
      cac,
      curve.cumulative,
      'first month at whose end cumulative gross profit per customer reaches CAC',
    ),
    discountedMonth: monthOf(
      cac,
      curve.cumulativeDiscounted,
      'first month at whose end discounted cumulative gross profit per customer reaches CAC',
    ),
  };
}

function simpleMonths(cac: Money | undefined, monthlyProfit: Money): Figure {
  const formula = 'CAC / (ARPA × gross margin)';
  if (cac === undefined) return withoutCac(formula);
  const months = ratio(cac, monthlyProfit, 1);
  if (months === undefined) return { value: null, formula, reason: 'a customer brings no gross profit' };
  return { value: months, formula };
}

function monthOf(cac: Money | undefined, cumulative: readonly Money[], formula: string): Figure {
  if (cac === undefined) return withoutCac(formula);
  if (cac.eq(0)) return { value: 0, formula };
  const index = cumulative.findIndex((total) => total.gte(cac));
  if (index !== -1) return { value: index + 1, formula };
  return { value: null, formula, reason: `not within ${cumulative.length} months` };
}

function withoutCac(formula: string): Figure {
  return { value: null, formula, reason: 'there is no CAC: give channels with spend and newCustomers' };
}
