// The few numbers everything else follows from: revenue and margin per customer, churn, expansion, and how to discount.

import { Decimal } from 'glovebox';
import { type Currency, type Money, round } from './money.ts';
import { annualFactor, monthlyGrowth, monthlyLoss, roundRate } from './rates.ts';
import { Refusal } from './refusal.ts';
import type { CustomerMovement, Input, RevenueMovement, Setting, Source } from './types.ts';

/** A value and where it comes from. */
export interface Sourced<T> {
  readonly value: T;
  readonly source: Source;
}

/** What a customer brings, and how long. */
export interface Basis {
  readonly months: number;
  readonly arpa: Sourced<Money>;
  readonly grossMargin: Sourced<number>;
  /** Share of the customers lost per month. */
  readonly churn: Sourced<number>;
  /** Growth per month of the revenue of a customer who stays. */
  readonly expansion: Sourced<number>;
  readonly retentionCurve: readonly number[];
  /** Per year. */
  readonly discountRate: Sourced<number>;
  readonly capYears: Sourced<number>;
  readonly horizonMonths: Sourced<number>;
}

/** Shares of the revenue at the start that are still there at the end, without and with expansion. */
export interface RevenueRetention {
  readonly gross: number;
  readonly net: number;
  readonly annualGross: number;
  readonly annualNet: number;
}

/** Takes each number from the call, else the context, else the template. @throws Refusal when one can be had nowhere */
export function findBasis(input: Input, setting: Setting, unit: Currency): Basis {
  const { defaults } = setting;
  const months = input.months ?? 1;
  checkMovements(input);
  return {
    months,
    arpa: findArpa(input, unit),
    grossMargin: choose(input.grossMargin, setting.grossMargin, defaults.grossMargin),
    churn: findChurn(input, months),
    expansion: findExpansion(input, months),
    retentionCurve: checkCurve(input.retentionCurve ?? []),
    discountRate: choose(input.discountRate, setting.discountRate, defaults.discountRate),
    capYears: choose(input.capYears, setting.capYears, defaults.capYears),
    horizonMonths: choose(input.horizonMonths, setting.horizonMonths, defaults.horizonMonths),
  };
}

/** Gross and net revenue retention of a period; undefined without revenue to retain. */
export function revenueRetention(mrr: RevenueMovement | undefined, months: number): RevenueRetention | undefined {
  if (mrr === undefined || mrr.start === 0) return undefined;
  const start = new Decimal(mrr.start);
  const kept = start.minus(mrr.churned ?? 0).minus(mrr.contraction ?? 0);
  const gross = Number(kept.div(start));
  const net = Number(kept.plus(mrr.expansion ?? 0).div(start));
  return {
    gross: roundRate(gross),
    net: roundRate(net),
    annualGross: annualFactor(gross, months),
    annualNet: annualFactor(net, months),
  };
}

function choose(input: number | undefined, context: number | null, fallback: number): Sourced<number> {
  if (input !== undefined) return { value: input, source: 'input' };
  return context === null ? { value: fallback, source: 'default' } : { value: context, source: 'context' };
}

function checkMovements({ customers, mrr }: Input): void {
  if (customers !== undefined && customers.churned > customers.start) {
    throw new Refusal(
      `customers.churned is ${customers.churned}, more than the ${customers.start} there were at the start; count only those`,
    );
  }
  if (mrr === undefined) return;
  const lost = new Decimal(mrr.churned ?? 0).plus(mrr.contraction ?? 0);
  if (lost.gt(mrr.start)) {
    throw new Refusal(
      `mrr.churned and mrr.contraction are ${lost.toString()} together, more than the ${mrr.start} at the start; count only what was there then`,
    );
  }
}

function findArpa(input: Input, unit: Currency): Sourced<Money> {
  if (input.arpaMonthly !== undefined) return { value: new Decimal(input.arpaMonthly), source: 'input' };
  const { customers, mrr } = input;
  if (customers === undefined || mrr === undefined) {
    throw new Refusal('there is no revenue per customer: give arpaMonthly, or both customers and mrr');
  }
  const count = customersAtEnd(customers);
  if (count === 0) throw new Refusal('no customer is left at the end of the period: give arpaMonthly');
  return { value: round(revenueAtEnd(mrr).div(count), unit), source: 'derived' };
}

function customersAtEnd({ start, new: won = 0, churned }: CustomerMovement): number {
  return start + won - churned;
}

function revenueAtEnd({ start, new: won = 0, expansion = 0, contraction = 0, churned = 0 }: RevenueMovement): Money {
  return new Decimal(start).plus(won).plus(expansion).minus(contraction).minus(churned);
}

function findChurn({ monthlyChurn, customers, retentionCurve = [] }: Input, months: number): Sourced<number> {
  if (monthlyChurn !== undefined) return { value: monthlyChurn, source: 'input' };
  if (customers !== undefined && customers.start > 0) {
    return { value: monthlyLoss(customers.churned / customers.start, months), source: 'derived' };
  }
  const last = retentionCurve.at(-1);
  if (last !== undefined) return { value: monthlyLoss(1 - last, retentionCurve.length), source: 'derived' };
  throw new Refusal('there is no churn: give monthlyChurn, customers with a start above zero, or a retentionCurve');
}

/** Of the revenue that did not leave with its customer: ((kept + expansion − contraction) / kept)^(1 / months) − 1, kept = start − churned. */
function findExpansion({ monthlyExpansion, mrr }: Input, months: number): Sourced<number> {
  if (monthlyExpansion !== undefined) return { value: monthlyExpansion, source: 'input' };
  if (mrr === undefined) return { value: 0, source: 'default' };
  const kept = new Decimal(mrr.start).minus(mrr.churned ?? 0);
  if (kept.eq(0)) return { value: 0, source: 'default' };
  const grown = kept.plus(mrr.expansion ?? 0).minus(mrr.contraction ?? 0);
  const growth = monthlyGrowth(Number(grown.div(kept)), months);
  if (growth > MAX_EXPANSION) {
    throw new Refusal(
      `revenue per customer grew by ${growth} a month in this period, which cannot go on for years; give monthlyExpansion`,
    );
  }
  return { value: growth, source: 'derived' };
}

// What the input schema allows for monthlyExpansion too: 5 % a month is 80 % a year.
const MAX_EXPANSION = 0.05;

function checkCurve(curve: readonly number[]): readonly number[] {
  const rise = curve.findIndex((share, index) => share > (curve[index - 1] ?? 1));
  if (rise === -1) return curve;
  throw new Refusal(
    `retentionCurve rises in month ${rise + 1} to ${String(curve[rise])}; it is the share of a cohort that is still there, which only falls`,
  );
}
