// Year by year: what comes in, what goes out, what the tax office takes.

import { Decimal } from 'glovebox';
import { type Currency, type Money, round, sum, ZERO } from './money.ts';

/** A case in amounts, all rounded to the smallest unit. */
export interface Plan {
  readonly unit: Currency;
  /** Paid in year 0. */
  readonly investment: Money;
  /** Years 1 … n. */
  readonly runningCosts: readonly Money[];
  /** Per driver, years 1 … n. */
  readonly benefits: readonly (readonly Money[])[];
  readonly taxRate: number;
  /** Years over which the investment is written off, in equal parts. */
  readonly depreciationYears: number;
}

/** One year of a plan. */
export interface YearFlow {
  readonly costs: Money;
  readonly benefits: Money;
  readonly tax: Money;
  readonly net: Money;
}

/**
 * The flows of years 0 … n.
 *
 * Tax_t = rate × (benefits_t − running costs_t − depreciation_t), rounded; negative where the year is a loss, since the
 * loss lowers the tax on other profits. Net_t = benefits_t − costs_t − tax_t.
 */
export function cashFlow(plan: Plan): readonly YearFlow[] {
  const write = depreciation(plan);
  const start: YearFlow = { costs: plan.investment, benefits: ZERO, tax: ZERO, net: ZERO.minus(plan.investment) };
  const years = plan.runningCosts.map((costs, index): YearFlow => {
    const benefits = sum(plan.benefits.map((amounts) => amounts[index] ?? ZERO));
    const profit = benefits.minus(costs).minus(write[index] ?? ZERO);
    const tax = round(profit.times(plan.taxRate), plan.unit);
    return { costs, benefits, tax, net: benefits.minus(costs).minus(tax) };
  });
  return [start, ...years];
}

/** The investment in equal yearly parts; the last one takes what rounding left over. */
export function depreciation(plan: Plan): readonly Money[] {
  const { investment, depreciationYears, unit } = plan;
  const part = round(investment.div(depreciationYears), unit);
  return plan.runningCosts.map((_, index) => {
    if (index >= depreciationYears) return ZERO;
    return index === depreciationYears - 1 ? investment.minus(part.times(depreciationYears - 1)) : part;
  });
}

/** The plan with all benefits and all costs multiplied: a scenario. */
export function scalePlan(plan: Plan, by: { readonly benefits: number; readonly costs: number }): Plan {
  const scale = (amount: Money, factor: number): Money => round(amount.times(new Decimal(factor)), plan.unit);
  return {
    ...plan,
    investment: scale(plan.investment, by.costs),
    runningCosts: plan.runningCosts.map((amount) => scale(amount, by.costs)),
    benefits: plan.benefits.map((amounts) => amounts.map((amount) => scale(amount, by.benefits))),
  };
}
