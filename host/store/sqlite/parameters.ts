// What may be bound to a statement.

import type { SQLInputValue } from 'node:sqlite';

import { hostError } from '#host/base';

/**
 * The parameters as node:sqlite takes them; booleans become 0 and 1.
 *
 * SECURITY: node:sqlite reads a leading object as *named* parameters, without an error: whoever gets an object where a
 * text is expected would leave every `?` unbound. test/unit/host/store/sqlite/parameters.test.ts holds the refusal.
 *
 * @throws INTERNAL when a parameter is anything but string, number, bigint, null, boolean or bytes
 */
export function checkParameters(parameters: readonly unknown[]): SQLInputValue[] {
  return parameters.map(checkParameter);
}

function checkParameter(value: unknown, index: number): SQLInputValue {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'bigint') return value;
  if (value === null || value instanceof Uint8Array) return value;
  if (typeof value === 'boolean') return value ? 1 : 0;
  throw hostError('INTERNAL', `SQL parameter ${index + 1} is of type ${typeof value}, which cannot be stored`, {
    index,
  });
}
