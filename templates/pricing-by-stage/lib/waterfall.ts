// From list price to the price one pays: volume, then term, then negotiated discount, each on what the last one left.

import { Decimal } from 'glovebox';
import type { Currency } from './currency.ts';
import type { OrderItem } from './order.ts';
import type { Period } from './price-book.ts';

/** Amounts of one item or of many: `list` less the three discounts is `price`, to the minor unit. */
export interface Waterfall {
  readonly list: Decimal;
  readonly volume: Decimal;
  readonly term: Decimal;
  readonly negotiated: Decimal;
  readonly price: Decimal;
}

/** The discounts that hold for a whole order, as ratios. */
export interface OrderDiscounts {
  readonly term: number;
  readonly negotiated: number;
}

/**
 * The waterfall of one item over a term.
 *
 * Only the prices between the steps are rounded and the discounts are their differences, so nothing is lost in between.
 */
export function priceItem(item: OrderItem, months: number, discounts: OrderDiscounts, currency: Currency): Waterfall {
  const exact = listPrice(item, months);
  const left = (ratio: number): Decimal => new Decimal(1).minus(ratio);
  const afterVolume = exact.times(left(item.volumeDiscount));
  const afterTerm = item.discountable ? afterVolume.times(left(discounts.term)) : afterVolume;
  const afterAll = item.discountable ? afterTerm.times(left(discounts.negotiated)) : afterTerm;

  const list = currency.round(exact);
  const second = currency.round(afterVolume);
  const third = currency.round(afterTerm);
  const price = currency.round(afterAll);
  return { list, volume: list.minus(second), term: second.minus(third), negotiated: third.minus(price), price };
}

/** The waterfalls of many items as one. */
export function addUp(waterfalls: readonly Waterfall[]): Waterfall {
  const sum = (pick: (each: Waterfall) => Decimal): Decimal =>
    waterfalls.reduce((total, each) => total.plus(pick(each)), new Decimal(0));
  return {
    list: sum((each) => each.list),
    volume: sum((each) => each.volume),
    term: sum((each) => each.term),
    negotiated: sum((each) => each.negotiated),
    price: sum((each) => each.price),
  };
}

/** How often a price falls due in a term: 12 months are 12 monthly periods or 1 yearly one. */
export function periodsIn(period: Period, months: number): Decimal {
  if (period === 'once') return new Decimal(1);
  return period === 'month' ? new Decimal(months) : new Decimal(months).div(12);
}

/** Multiplies first: 18 months of a yearly price are exact, and so is a seventh of one until it is rounded. */
function listPrice({ unitPrice, quantity, period }: OrderItem, months: number): Decimal {
  const perPeriod = new Decimal(unitPrice).times(quantity);
  if (period === 'once') return perPeriod;
  return period === 'month' ? perPeriod.times(months) : perPeriod.times(months).div(12);
}
