// An average customer of one cohort, month by month.

import { type Currency, type Money, round, write, ZERO } from './money.ts';
import type { SurvivalMonth } from './survival.ts';
import type { CohortRow } from './types.ts';

/** Running totals of the gross profit of one customer, month by month, rounded to the smallest unit. */
export interface Curve {
  readonly cumulative: readonly Money[];
  readonly cumulativeDiscounted: readonly Money[];
}

/**
 * What a customer with this gross profit in the first month has brought by the end of each month.
 *
 * Totals are exact and then rounded, and a month is the difference of two of them: the months of a table add up to its
 * totals, and the totals carry no sum of rounding errors.
 */
export function accumulate(monthlyProfit: Money, survival: readonly SurvivalMonth[], unit: Currency): Curve {
  return {
    cumulative: running(
      monthlyProfit,
      survival.map(({ profit }) => profit),
      unit,
    ),
    cumulativeDiscounted: running(
      monthlyProfit,
      survival.map(({ discounted }) => discounted),
      unit,
    ),
  };
}

/** A row for each month of `survival`. */
export function cohortTable(
  { cumulative, cumulativeDiscounted }: Curve,
  survival: readonly SurvivalMonth[],
  cac: Money | undefined,
  unit: Currency,
): readonly CohortRow[] {
  return survival.map(({ retention }, index) => {
    const total = cumulative[index] ?? ZERO;
    const discounted = cumulativeDiscounted[index] ?? ZERO;
    return {
      month: index + 1,
      retention: Number(retention.round(6).toString()),
      grossProfit: write(total.minus(cumulative[index - 1] ?? ZERO), unit),
      cumulative: write(total, unit),
      discounted: write(discounted.minus(cumulativeDiscounted[index - 1] ?? ZERO), unit),
      cumulativeDiscounted: write(discounted, unit),
      afterCac: cac === undefined ? null : write(total.minus(cac), unit),
    };
  });
}

function running(monthlyProfit: Money, multiples: readonly Money[], unit: Currency): readonly Money[] {
  let total = ZERO;
  return multiples.map((multiple) => {
    total = total.plus(multiple);
    return round(monthlyProfit.times(total), unit);
  });
}
