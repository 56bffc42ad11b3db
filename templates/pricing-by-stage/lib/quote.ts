// A quote in full: every line from list price to price, the taxes, the total, and how it was rounded.

import { Decimal } from 'glovebox';
import { type Discount, grantDiscount } from './authority.ts';
import { createCurrency, type Currency, type Money } from './currency.ts';
import { type OrderItem, readOrder } from './order.ts';
import { type PriceBook, type PricingRequest, titleOf } from './price-book.ts';
import { type Taxed, taxesOf, taxOrder, taxPrice } from './taxes.ts';
import { addUp, periodsIn, priceItem, type Waterfall } from './waterfall.ts';

/** From list price to price. */
export interface ShownWaterfall {
  readonly list: Money;
  readonly volumeDiscount: Money;
  readonly termDiscount: Money;
  readonly negotiatedDiscount: Money;
  /** After all discounts; contains taxes where list prices do. */
  readonly price: Money;
}

/** A tax and what it comes to. */
export interface ShownTax {
  readonly name: string;
  readonly rate: number;
  readonly amount: Money;
}

/** One line of a quote. */
export interface QuoteLine extends ShownWaterfall {
  readonly item: 'plan' | 'add-on';
  readonly id: string;
  readonly title: string;
  readonly quantity: number;
  readonly unit: string;
  readonly listUnitPrice: Money;
  readonly period: string;
  readonly periods: number;
  readonly volumeDiscountRatio: number;
  /** Only where taxes are rounded per line. */
  readonly taxes?: readonly ShownTax[];
}

/** A priced order. */
export interface Quote {
  readonly product: string;
  readonly illustrative: boolean;
  readonly currency: string;
  readonly plan: { readonly id: string; readonly title: string };
  readonly quantity: number;
  readonly unit: string;
  readonly termMonths: number;
  readonly termDiscountRatio: number;
  readonly discount: Discount;
  readonly lines: readonly QuoteLine[];
  readonly totals: ShownWaterfall & {
    readonly net: Money;
    readonly taxes: readonly ShownTax[];
    readonly tax: Money;
    readonly total: Money;
  };
  readonly rounding: {
    readonly mode: 'half-up' | 'half-even';
    readonly minorUnits: number;
    readonly taxesPer: 'line' | 'total';
    readonly pricesIncludeTaxes: boolean;
  };
}

/**
 * Prices a request at the discount that authority allows.
 *
 * @throws Refusal when the request does not fit the book
 */
export function createQuote(book: PriceBook, request: PricingRequest): Quote {
  const currency = createCurrency(book.currency, book.rounding);
  const { plan, quantity, term, items } = readOrder(book, request);
  const taxes = taxesOf(book.taxes, request.region);
  const discount = grantDiscount(book, request.requestedDiscount ?? 0);
  const discounts = { term: term.discount, negotiated: discount.granted };

  const priced = items.map((item) => ({ item, waterfall: priceItem(item, term.months, discounts, currency) }));
  const waterfalls = priced.map(({ waterfall }) => waterfall);
  const prices = waterfalls.map(({ price }) => price);
  return {
    product: book.product,
    illustrative: book.illustrative,
    currency: currency.code,
    plan: { id: plan.id, title: titleOf(plan) },
    quantity,
    unit: plan.unit,
    termMonths: term.months,
    termDiscountRatio: term.discount,
    discount,
    lines: priced.map(({ item, waterfall }) => ({
      ...showLine(item, term.months, waterfall, currency),
      ...(book.taxes.roundPer === 'line'
        ? { taxes: showTaxes(taxPrice(book.taxes, taxes, waterfall.price, currency), currency) }
        : {}),
    })),
    totals: showTotals(addUp(waterfalls), taxOrder(book.taxes, taxes, prices, currency), currency),
    rounding: {
      mode: currency.rounding,
      minorUnits: currency.minorUnits,
      taxesPer: book.taxes.roundPer,
      pricesIncludeTaxes: book.taxes.pricesInclude,
    },
  };
}

function showLine(item: OrderItem, months: number, waterfall: Waterfall, currency: Currency): QuoteLine {
  return {
    item: item.item,
    id: item.id,
    title: item.title,
    quantity: item.quantity,
    unit: item.unit,
    listUnitPrice: currency.showUnitPrice(new Decimal(item.unitPrice)),
    period: item.period,
    periods: periodsIn(item.period, months).toNumber(),
    volumeDiscountRatio: item.volumeDiscount,
    ...showWaterfall(waterfall, currency),
  };
}

function showTotals(waterfall: Waterfall, taxed: Taxed, currency: Currency): Quote['totals'] {
  return {
    ...showWaterfall(waterfall, currency),
    net: currency.show(taxed.net),
    taxes: showTaxes(taxed, currency),
    tax: currency.show(taxed.total.minus(taxed.net)),
    total: currency.show(taxed.total),
  };
}

function showWaterfall({ list, volume, term, negotiated, price }: Waterfall, currency: Currency): ShownWaterfall {
  return {
    list: currency.show(list),
    volumeDiscount: currency.show(volume),
    termDiscount: currency.show(term),
    negotiatedDiscount: currency.show(negotiated),
    price: currency.show(price),
  };
}

function showTaxes({ taxes }: Taxed, currency: Currency): ShownTax[] {
  return taxes.map(({ name, rate, amount }) => ({ name, rate, amount: currency.show(amount) }));
}
