// One value of an input, as a fact carries it, as a test writes it, and as analysis counts with it.

import { Decimal } from 'glovebox';
import { Refusal } from './refusal.ts';
import type { ColumnType, Scalar } from './table-source.ts';

/** The types whose values have an order, and so intervals. */
export type OrderedType = 'number' | 'integer' | 'date';

const DAY_MS = 86_400_000;
/** 0000-01-01 and 9999-12-31: the days that four digits of a year can name. */
const FIRST_DAY = -719_528;
const LAST_DAY = 2_932_896;
const DATE = /^\d{4}-\d{2}-\d{2}$/;
const DATE_LITERAL = /^(?:date\(\s*"([^"]*)"\s*\)|@?"([^"]*)"|([\d-]+))$/;
const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,2})?$/;
/** JSON numbers are doubles, which keep 15 significant decimal digits; more would be rounded on the way in. */
const EXACT_DIGITS = 15;

/** Whether a type has an order. */
export function isOrdered(type: ColumnType): type is OrderedType {
  return type === 'number' || type === 'integer' || type === 'date';
}

/** Whether a JSON value is one of the type. */
export function isOfType(type: ColumnType, value: Scalar): boolean {
  switch (type) {
    case 'string':
    case 'boolean':
    case 'number':
      return typeof value === type;
    case 'integer':
      return Number.isInteger(value);
    case 'date':
      return typeof value === 'string' && isDay(value);
  }
}

/**
 * Reads a number (as a test or a fact writes it) or a date (`2026-01-31`, `"2026-01-31"`, `@"2026-01-31"`,
 * `date("2026-01-31")`) as an exact decimal; dates count in days since 1970.
 *
 * @throws Refusal when the text is no value of the type
 */
export function parseOrdered(type: OrderedType, text: string): Decimal {
  return type === 'date' ? parseDate(text) : parseNumber(text);
}

/** The decimal a fact stands for: its shortest decimal text, so that 0.3 is 3/10 and not the double beside it. */
export function readFact(type: OrderedType, fact: Scalar): Decimal {
  return type === 'date' ? parseDate(String(fact)) : new Decimal(String(fact));
}

/** Whether a fact can carry a decimal of {@link parseOrdered}: dates end with the year 9999. */
export function isRepresentable(type: OrderedType, value: Decimal): boolean {
  return type !== 'date' || (value.gte(FIRST_DAY) && value.lte(LAST_DAY));
}

/** The fact for a decimal of {@link parseOrdered}. */
export function toFact(type: OrderedType, value: Decimal): number | string {
  return type === 'date' ? new Date(value.toNumber() * DAY_MS).toISOString().slice(0, 10) : value.toNumber();
}

/** How a test writes a decimal of {@link parseOrdered}. */
export function writeOrdered(type: OrderedType, value: Decimal): string {
  return type === 'date' ? `date("${String(toFact(type, value))}")` : value.toString();
}

function parseNumber(text: string): Decimal {
  if (!NUMBER.test(text)) throw new Refusal(`${JSON.stringify(text)} is not a number`);
  const value = new Decimal(text);
  if (value.c.length > EXACT_DIGITS) {
    throw new Refusal(`${text} has more than the ${EXACT_DIGITS} digits a JSON number keeps; round it`);
  }
  return value;
}

function parseDate(text: string): Decimal {
  const groups = DATE_LITERAL.exec(text);
  const day = groups?.[1] ?? groups?.[2] ?? groups?.[3] ?? '';
  if (!isDay(day)) throw new Refusal(`${JSON.stringify(text)} is not a date such as 2026-01-31`);
  return new Decimal(Date.parse(`${day}T00:00:00Z`) / DAY_MS);
}

/** Whether the text names a day that exists: the round trip refuses 2026-02-30, which Date.parse rolls over. */
function isDay(text: string): boolean {
  const ms = DATE.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  return !Number.isNaN(ms) && new Date(ms).toISOString().slice(0, 10) === text;
}
