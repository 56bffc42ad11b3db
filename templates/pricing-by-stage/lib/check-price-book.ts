// What a schema cannot say about a price book: names that are unique, ladders that climb, a currency that exists.

import type { PriceBook } from './price-book.ts';
import { Refusal } from './refusal.ts';

/**
 * Checks a price book.
 *
 * @throws Refusal naming the entry at fault
 */
export function checkPriceBook(book: PriceBook): PriceBook {
  if (!Intl.supportedValuesOf('currency').includes(book.currency)) {
    throw new Refusal(`currency ${JSON.stringify(book.currency)} is not an ISO 4217 code`);
  }
  checkUnique('plan', book.plans, (plan) => plan.id);
  checkUnique('add-on', book.addOns, (addOn) => addOn.id);
  checkUnique('term', book.terms, (term) => `${term.months} months`);
  checkUnique('tax region', book.taxes.regions, (region) => region.region);
  for (const plan of book.plans) {
    checkAscending(`bands of plan "${plan.id}"`, plan.volume.bands, (band) => band.from);
    if (plan.maxQuantity !== undefined && plan.maxQuantity < plan.minQuantity) {
      throw new Refusal(`plan "${plan.id}" sells at most ${plan.maxQuantity} but at least ${plan.minQuantity}`);
    }
  }
  for (const addOn of book.addOns) {
    const unknown = addOn.plans.find((id) => !book.plans.some((plan) => plan.id === id));
    if (unknown !== undefined) throw new Refusal(`add-on "${addOn.id}" goes with the unknown plan "${unknown}"`);
  }
  checkAscending('approvals', book.approvals, (approval) => approval.upTo);
  for (const { outcome, low, high } of book.value) {
    if (low > high) throw new Refusal(`value "${outcome}" has a low end of ${low} above its high end of ${high}`);
  }
  return book;
}

function checkUnique<T>(kind: string, entries: readonly T[], nameOf: (entry: T) => string): void {
  const names = entries.map(nameOf);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw new Refusal(`${kind} "${twice}" is there twice; give each ${kind} once`);
}

function checkAscending<T>(what: string, entries: readonly T[], valueOf: (entry: T) => number): void {
  entries.map(valueOf).forEach((value, index, values) => {
    const previous = values[index - 1] ?? Number.NEGATIVE_INFINITY;
    if (value <= previous) throw new Refusal(`${what} must climb, but ${value} follows ${previous}`);
  });
}
