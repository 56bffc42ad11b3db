// What may be bound to a statement, on any database.

import { hostError } from '#host/base';

/** A value that both databases store as what it is. */
export type Parameter = string | number | bigint | boolean | null | Uint8Array;

/**
 * The parameters, unchanged.
 *
 * SECURITY: node:sqlite reads a leading object as *named* parameters, without an error, and pg writes objects and lists
 * as texts of its own making: whoever gets an object where a text is expected would leave every `?` unbound on the one
 * and store something else on the other. test/unit/host/store/parameters.test.ts holds the refusal.
 *
 * @throws INTERNAL when a parameter is anything but string, number, bigint, null, boolean or bytes
 */
export function checkParameters(parameters: readonly unknown[]): readonly Parameter[] {
  return parameters.map(checkParameter);
}

function checkParameter(value: unknown, index: number): Parameter {
  if (value === null || value instanceof Uint8Array) return value;
  if (typeof value === 'string' || typeof value === 'number') return value;
  if (typeof value === 'bigint' || typeof value === 'boolean') return value;
  throw hostError('INTERNAL', `SQL parameter ${index + 1} is of type ${typeof value}, which cannot be stored`, {
    index,
  });
}
