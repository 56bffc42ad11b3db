// The numbers a result rests on besides what was counted, each with its origin.

import type { Basis, Sourced } from './basis.ts';
import type { Assumption } from './types.ts';

/** Lists them. */
export function listAssumptions(basis: Basis): readonly Assumption[] {
  const { capYears, churn, discountRate, expansion, grossMargin, horizonMonths } = basis;
  return [
    { name: 'grossMargin', title: 'gross margin', unit: 'ratio', ...benchmark(grossMargin) },
    { name: 'monthlyChurn', title: 'customers lost per month', unit: 'ratio per month', ...convention(churn) },
    {
      name: 'monthlyExpansion',
      title: 'growth of revenue per remaining customer',
      unit: 'ratio per month',
      ...convention(expansion),
    },
    { name: 'discountRate', title: 'discount rate', unit: 'ratio per year', ...benchmark(discountRate) },
    { name: 'capYears', title: 'longest lifetime counted', unit: 'years', ...convention(capYears) },
    { name: 'horizonMonths', title: 'months in the cohort table', unit: 'months', ...convention(horizonMonths) },
  ];
}

type Stated = Pick<Assumption, 'value' | 'source' | 'illustrative'>;

/** Where nobody stated it, the template's number stands in, and it is no more than plausible. */
function benchmark({ value, source }: Sourced<number>): Stated {
  return { value, source, illustrative: source === 'default' };
}

/** A choice of how to calculate, or a number that follows from the call: nothing to replace. */
function convention({ value, source }: Sourced<number>): Stated {
  return { value, source, illustrative: false };
}
