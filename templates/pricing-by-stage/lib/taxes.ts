// The taxes of a region, on top of a price or contained in it.

import { Decimal } from 'glovebox';
import type { Currency } from './currency.ts';
import type { Tax, TaxRules } from './price-book.ts';
import { Refusal } from './refusal.ts';

/** A tax and what it comes to. */
export interface TaxAmount extends Tax {
  readonly amount: Decimal;
}

/** A price taken apart: `net` plus all taxes is `total`. */
export interface Taxed {
  readonly net: Decimal;
  readonly taxes: readonly TaxAmount[];
  readonly total: Decimal;
}

/**
 * The taxes of a region; none when the book has no tax rules.
 *
 * @throws Refusal when the book has tax rules but not for this region
 */
export function taxesOf(rules: TaxRules, region: string | undefined): readonly Tax[] {
  if (rules.regions.length === 0) return [];
  const found = rules.regions.find((each) => each.region === region);
  if (found === undefined) throw new Refusal(`there are no tax rules for region ${JSON.stringify(region)}`);
  return found.taxes;
}

/** Taxes the prices of all lines: each one and then summed, or their sum, as the rules say. */
export function taxOrder(
  rules: TaxRules,
  taxes: readonly Tax[],
  prices: readonly Decimal[],
  currency: Currency,
): Taxed {
  const bases = rules.roundPer === 'line' ? prices : [prices.reduce((sum, price) => sum.plus(price), new Decimal(0))];
  return bases.map((price) => taxPrice(rules, taxes, price, currency)).reduce(addTaxed);
}

/** Taxes one price; every tax is a ratio of the same net amount, none is taxed again. */
export function taxPrice(rules: TaxRules, taxes: readonly Tax[], price: Decimal, currency: Currency): Taxed {
  const rateSum = taxes.reduce((sum, { rate }) => sum.plus(rate), new Decimal(0));
  const divisor = rules.pricesInclude ? rateSum.plus(1) : new Decimal(1);
  const amounts = taxes.map(({ name, rate }) => ({
    name,
    rate,
    amount: currency.round(price.times(rate).div(divisor)),
  }));
  const tax = amounts.reduce((sum, { amount }) => sum.plus(amount), new Decimal(0));
  return rules.pricesInclude
    ? { net: price.minus(tax), taxes: amounts, total: price }
    : { net: price, taxes: amounts, total: price.plus(tax) };
}

function addTaxed(a: Taxed, b: Taxed): Taxed {
  return {
    net: a.net.plus(b.net),
    taxes: a.taxes.map((tax, index) => ({ ...tax, amount: tax.amount.plus(b.taxes[index]?.amount ?? 0) })),
    total: a.total.plus(b.total),
  };
}
