// What a customer is worth over their lifetime, by three definitions that are often mixed up.

import type { Basis } from './basis.ts';
import type { Curve } from './cohort.ts';
import { type Currency, type Money, write, ZERO } from './money.ts';
import type { Amount, UnitEconomics } from './types.ts';

/** Lifetime values; the exact amounts beside what is shown. */
export interface LifetimeValues {
  /** Discounted, with expansion, within the cap. */
  readonly expected: Money;
  /** ARPA × gross margin / churn; undefined when nobody leaves. */
  readonly simple: Money | undefined;
  readonly shown: UnitEconomics['ltv'];
}

export function lifetimeValues(basis: Basis, monthlyProfit: Money, curve: Curve, unit: Currency): LifetimeValues {
  const { capYears, churn, expansion, discountRate } = basis;
  const last = capYears.value * 12 - 1;
  const expected = curve.cumulativeDiscounted[last] ?? ZERO;
  const undiscounted = curve.cumulative[last] ?? ZERO;
  const simple = churn.value === 0 ? undefined : monthlyProfit.div(churn.value);
  const months = `the first ${capYears.value * 12} months`;
  return {
    expected,
    simple,
    shown: {
      expected: {
        amount: write(expected, unit),
        formula: `sum over ${months} of ARPA × gross margin × share still there × (1 + ${expansion.value})^(t−1) / (1 + ${discountRate.value})^(t/12)`,
      },
      undiscounted: {
        amount: write(undiscounted, unit),
        formula: `the same sum over ${months}, not discounted`,
      },
      simple: simpleValue(simple, unit),
      capYears: capYears.value,
    },
  };
}

function simpleValue(simple: Money | undefined, unit: Currency): Amount {
  const formula = 'ARPA × gross margin / monthly churn: no expansion, no discounting, no cap';
  if (simple !== undefined) return { amount: write(simple, unit), formula };
  return { amount: null, formula, reason: 'without churn a lifetime never ends; use the capped values' };
}
