// The facts that responses are filled with.

import type { DealContext, Library } from './types.ts';

/** Names of facts that come with the product and the customer. */
export const BUILT_IN_FACTS = ['product', 'customer'] as const;

/** The library's facts, and those of the call that the library lets a call give. */
export function knownFacts(library: Library, { facts = {} }: DealContext): ReadonlyMap<string, string> {
  const given = library.callerFacts.flatMap(({ name }) =>
    Object.hasOwn(facts, name) ? [[name, facts[name] ?? ''] as const] : [],
  );
  return new Map([
    ...given,
    ...Object.entries(library.facts),
    ['product', library.product],
    ...(library.customer.name === undefined ? [] : [['customer', library.customer.name] as const]),
  ]);
}
