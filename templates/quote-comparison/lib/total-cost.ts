// What an offer costs over the years: each cost year by year, in the currency of the comparison.

import { Decimal } from 'glovebox';
import { minorUnitsOf, sum } from './money.ts';
import { Refusal } from './refusal.ts';
import type { Cost, Offer, Rate } from './types.ts';

/** The rules that costs are added up by. */
export interface CostRules {
  readonly currency: string;
  readonly years: number;
  readonly discountRate: number;
  readonly payments: 'end' | 'start';
  /** Units by year, from year 1; the last holds on. */
  readonly quantities: readonly number[];
}

/** One cost over the years; `amounts[0]` is year 0, the purchase. */
export interface CostRow {
  readonly cost: Cost;
  readonly amounts: readonly Decimal[];
  readonly total: Decimal;
}

/** All years of one offer. */
export interface YearRow {
  readonly year: number;
  readonly amount: Decimal;
  readonly presentValue: Decimal;
}

/** What an offer costs. Rows add up to totals as they are: amounts are rounded before they are added. */
export interface TotalCost {
  readonly rows: readonly CostRow[];
  readonly years: readonly YearRow[];
  readonly total: Decimal;
  readonly presentValue: Decimal;
}

/**
 * Adds up an offer.
 *
 * @param rate for an offer in another currency; `undefined` = the currency of the comparison
 * @throws Refusal when a cost ends before it begins, or the costs are less than nothing
 */
export function addUpCosts(rules: CostRules, { name, costs }: Offer, rate: Rate | undefined): TotalCost {
  const rows = costs.map((cost) => spread(rules, name, cost, rate?.rate ?? 1));
  const years = Array.from({ length: rules.years + 1 }, (_, year) => addUpYear(rules, rows, year));
  const total = sum(rows.map((row) => row.total));
  const presentValue = sum(years.map((row) => row.presentValue));
  if (presentValue.lt(0) || total.lt(0)) {
    throw new Refusal(`offer "${name}" costs less than nothing: its credits are larger than its costs`);
  }
  return { rows, years, total, presentValue };
}

/** A cost in each year: amount × periods × units × (1 + growth)^(year − first year) × rate, rounded to the minor unit. */
function spread(rules: CostRules, offer: string, cost: Cost, rate: number): CostRow {
  const { first, last } = lifeOf(cost, rules.years);
  if (first > last) throw new Refusal(`offer "${offer}": "${cost.item}" ends in year ${last}, before year ${first}`);
  const perYear = new Decimal(cost.amount).times(cost.due === 'monthly' ? 12 : 1).times(rate);
  const growth = new Decimal(cost.growth ?? 0).plus(1);
  const digits = minorUnitsOf(rules.currency);
  const amounts: Decimal[] = [];
  let price = perYear;
  for (let year = 0; year <= rules.years; year += 1) {
    const isDue = year >= first && year <= last;
    const units = cost.perUnit === true ? quantityIn(rules, year) : 1;
    amounts.push(isDue ? price.times(units).round(digits) : new Decimal(0));
    if (isDue && cost.growth !== undefined) price = price.times(growth);
  }
  return { cost, amounts, total: sum(amounts) };
}

/** The years a cost falls due in, both ends included. */
function lifeOf({ due, from, to }: Cost, years: number): { first: number; last: number } {
  switch (due) {
    case 'once':
      return { first: from ?? 0, last: from ?? 0 };
    case 'exit':
      return { first: years, last: years };
    case 'monthly':
    case 'yearly':
      return { first: from ?? 1, last: to ?? Math.max(years, from ?? 1) };
  }
}

/** The purchase itself, in year 0, is for the units of year 1. */
function quantityIn({ quantities }: CostRules, year: number): number {
  return quantities[Math.max(year, 1) - 1] ?? quantities.at(-1) ?? 0;
}

function addUpYear(rules: CostRules, rows: readonly CostRow[], year: number): YearRow {
  const amountOf = ({ amounts }: CostRow): Decimal => amounts[year] ?? new Decimal(0);
  const exit = sum(rows.filter(({ cost }) => cost.due === 'exit').map(amountOf));
  const running = sum(rows.filter(({ cost }) => cost.due !== 'exit').map(amountOf));
  // Leaving is paid for at the end, whenever the rest is.
  const runningAt = rules.payments === 'start' ? Math.max(year - 1, 0) : year;
  const presentValue = discount(rules, running, runningAt).plus(discount(rules, exit, year));
  return { year, amount: running.plus(exit), presentValue: presentValue.round(minorUnitsOf(rules.currency)) };
}

/** amount / (1 + r)^years */
function discount({ discountRate }: CostRules, amount: Decimal, years: number): Decimal {
  return amount.eq(0) ? amount : amount.div(new Decimal(discountRate).plus(1).pow(years));
}
