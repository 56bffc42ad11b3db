// Helpers that answer yes or no, and those that choose.

import type { Json } from '../../../manifest.ts';
import { isList, isObject, listAt, takes, type Call, type Helper } from './call.ts';

export const LOGIC_HELPERS: Readonly<Record<string, Helper>> = {
  default: {
    takes: takes(2),
    mayMiss: () => true,
    run: ({ args: [value, otherwise] }) => value ?? otherwise,
  },
  choose: {
    takes: takes(3),
    mayMiss: () => true,
    run: ({ args: [condition, then, otherwise] }) => (isTruthy(condition) ? then : otherwise),
  },
  eq: { takes: takes(2), run: ({ args: [a, b] }) => isSame(a, b) },
  ne: { takes: takes(2), run: ({ args: [a, b] }) => !isSame(a, b) },
  lt: { takes: takes(2), run: (call) => order(call) < 0 },
  le: { takes: takes(2), run: (call) => order(call) <= 0 },
  gt: { takes: takes(2), run: (call) => order(call) > 0 },
  ge: { takes: takes(2), run: (call) => order(call) >= 0 },
  and: { takes: takes(1, Infinity), mayMiss: () => true, run: ({ args }) => args.every(isTruthy) },
  or: { takes: takes(1, Infinity), mayMiss: () => true, run: ({ args }) => args.some(isTruthy) },
  not: { takes: takes(1), mayMiss: () => true, run: ({ args: [value] }) => !isTruthy(value) },
  includes: { takes: takes(2), run: (call) => listAt(call, 0).some((item) => isSame(item, call.args[1])) },
};

/** What `if` takes for yes, as Handlebars has it: not missing, null, false, 0, '' or an empty list. */
export function isTruthy(value: Json | undefined): boolean {
  return isList(value) ? value.length > 0 : Boolean(value);
}

/** Equal as JSON: the order of keys does not count. */
function isSame(a: Json | undefined, b: Json | undefined): boolean {
  if (a === b) return true;
  if (isList(a) && isList(b)) return a.length === b.length && a.every((item, index) => isSame(item, b[index]));
  if (!isObject(a) || !isObject(b)) return false;
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => Object.hasOwn(b, key) && isSame(a[key], b[key]));
}

/** Negative, zero or positive. Texts compare by code unit, so that the order is the same everywhere. */
function order(call: Call): number {
  const [a, b] = call.args;
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  if (typeof a === 'string' && typeof b === 'string') return a < b ? -1 : a > b ? 1 : 0;
  return call.fail('only two numbers or two strings have an order');
}
