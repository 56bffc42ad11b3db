// What a schema cannot say about a purchase: needs that are unique and weigh something, a currency that exists.

import { Refusal } from './refusal.ts';
import type { Purchase } from './types.ts';

/**
 * Checks a purchase.
 *
 * @throws Refusal naming the entry at fault
 */
export function checkPurchase(purchase: Purchase): Purchase {
  const { currency, needs, priceWeight, rates } = purchase;
  for (const code of [currency, ...Object.keys(rates)]) checkCurrency(code);
  if (Object.hasOwn(rates, currency)) {
    throw new Refusal(`rates hold ${currency}, which is the currency of the comparison; leave it out`);
  }
  checkUnique(
    'need',
    needs.map(({ id }) => id),
  );
  if (priceWeight < 1 && needs.length > 0 && needs.every(({ weight }) => weight === 0)) {
    throw new Refusal(
      'needs count for something, but all their weights are 0; give one a weight or set priceWeight to 1',
    );
  }
  return purchase;
}

/** @throws Refusal when the code is not one of ISO 4217 */
export function checkCurrency(code: string): void {
  if (Intl.supportedValuesOf('currency').includes(code)) return;
  throw new Refusal(`currency ${JSON.stringify(code)} is not an ISO 4217 code`);
}

/** @throws Refusal naming the entry that is there twice */
export function checkUnique(kind: string, names: readonly string[]): void {
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw new Refusal(`${kind} "${twice}" is there twice; give each ${kind} once`);
}
