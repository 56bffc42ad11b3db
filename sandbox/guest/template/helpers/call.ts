// What a helper is, and how it reads its arguments: the right type, or a failure that names the helper.

import type { Json } from '../../../manifest.ts';

/** One helper: a pure function of its arguments. No clock, no randomness, no locale but `en-US`. */
export interface Helper {
  readonly takes: { readonly least: number; readonly most: number };
  /** Arguments that may be missing, by index; all others are checked before `run`. */
  readonly mayMiss?: (index: number) => boolean;
  /** `undefined` is a missing value. */
  run(call: Call): Json | undefined;
}

/** One call of a helper. */
export interface Call {
  readonly args: readonly (Json | undefined)[];
  /** Names of `key=value` arguments; their values are the last of `args`. */
  readonly keys: readonly string[];
  /** The longest text worth building: more would not fit into the output. */
  readonly maxLength: number;
  /** @throws TEMPLATE_HELPER_FAILED */
  fail(reason: string): never;
  /** @throws TEMPLATE_VALUE_MISSING */
  missing(what: string): never;
  /** @throws TEMPLATE_OUTPUT_LIMIT */
  tooLong(): never;
}

/** An exact count of arguments, or a range. */
export function takes(least: number, most: number = least): Helper['takes'] {
  return { least, most };
}

export function textAt(call: Call, index: number): string {
  const value = call.args[index];
  return typeof value === 'string' ? value : wrongType(call, index, 'a string');
}

/** A string, or what has one obvious spelling. */
export function spellingAt(call: Call, index: number): string {
  const value = call.args[index];
  return isScalar(value) ? String(value) : wrongType(call, index, 'a string, number or boolean');
}

export function isScalar(value: Json | undefined): value is string | number | boolean {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}

export function numberAt(call: Call, index: number): number {
  const value = call.args[index];
  return typeof value === 'number' && Number.isFinite(value) ? value : wrongType(call, index, 'a number');
}

/** A whole number from 0 to `most`. */
export function wholeAt(call: Call, index: number, most: number): number {
  const value = numberAt(call, index);
  return Number.isInteger(value) && value >= 0 && value <= most
    ? value
    : wrongType(call, index, `a whole number from 0 to ${most}`);
}

export function listAt(call: Call, index: number): readonly Json[] {
  const value = call.args[index];
  return isList(value) ? value : wrongType(call, index, 'a list');
}

export function objectAt(call: Call, index: number): { readonly [key: string]: Json } {
  const value = call.args[index];
  return isObject(value) ? value : wrongType(call, index, 'an object');
}

export function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value);
}

export function isObject(value: Json | undefined): value is { readonly [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** An object of entries; a key `__proto__` stays a key. */
export function objectOf(entries: Iterable<readonly [string, Json]>): { readonly [key: string]: Json } {
  return Object.fromEntries(entries);
}

function wrongType(call: Call, index: number, expected: string): never {
  const value = call.args[index];
  const given = value === null ? 'null' : isList(value) ? 'a list' : `a ${typeof value}`;
  return call.fail(`argument ${index + 1} must be ${expected}, not ${isScalar(value) ? shown(value) : given}`);
}

function shown(value: string | number | boolean): string {
  const text = JSON.stringify(value);
  return text.length <= 40 ? text : `${text.slice(0, 40)}…`;
}
