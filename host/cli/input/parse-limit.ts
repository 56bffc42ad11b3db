// How many rows to list, as given on the command line.

import { InvalidArgumentError } from 'commander';

const MAX_LIMIT = 1000;

/** @throws InvalidArgumentError, which commander reports as wrong usage */
export function parseLimit(text: string): number {
  const limit = /^\d{1,6}$/.test(text) ? Number(text) : 0;
  if (limit >= 1 && limit <= MAX_LIMIT) return limit;
  throw new InvalidArgumentError(`It must be a whole number from 1 to ${MAX_LIMIT}.`);
}
