// The tests in a rule's cells: the unary tests of DMN's expression language FEEL, and JSON literals for the same.

import type { Decimal } from 'glovebox';
import { isOrdered, parseOrdered, type OrderedType } from './literals.ts';
import { Refusal } from './refusal.ts';
import type { ColumnType, Scalar, TestSource } from './table-source.ts';

/** One end of an interval. */
export interface Bound {
  readonly value: Decimal;
  /** Whether the value itself belongs to the interval. */
  readonly closed: boolean;
}

/** Values from `low` to `high`; an absent end is unbounded. A single value is an interval closed on both ends. */
export interface Interval {
  readonly low?: Bound;
  readonly high?: Bound;
}

/** What a cell of a rule accepts: any of its parts, or with `negated` none of them. "-" is none of nothing. */
export type UnaryTest =
  | { readonly kind: 'ordered'; readonly negated: boolean; readonly anyOf: readonly Interval[] }
  | { readonly kind: 'finite'; readonly negated: boolean; readonly anyOf: readonly Scalar[] };

const COMPARISON = /^(<=|>=|<|>|=)\s*(\S.*)$/s;
const BARE_TEXT = /^[^\s"<>=()[\],][^"<>=()[\],]*$/;

/**
 * Reads a test of an input of the given type: `-`, literals, `< 10`, `[1..5)`, `not(…)`, `!= x`, and lists of them
 * separated by commas. Text needs quotes only where it holds punctuation of this language.
 *
 * @throws Refusal when the test cannot be read, or compares what has no order
 * @see DMN 1.5, section 7.3.2 and FEEL grammar rules 7–15
 */
export function parseUnaryTest(type: ColumnType, source: TestSource): UnaryTest {
  if (typeof source !== 'string') return parseLiterals(type, Array.isArray(source) ? source : [source as Scalar]);
  const { negated, body } = stripNegation(source.trim());
  const parts = body === '' ? [] : splitList(body);
  return isOrdered(type)
    ? { kind: 'ordered', negated, anyOf: parts.map((part) => parseInterval(type, part)) }
    : { kind: 'finite', negated, anyOf: parts.map((part) => parseFinite(type, part)) };
}

/** JSON literals: strings are taken as they are, whatever punctuation they hold. */
function parseLiterals(type: ColumnType, literals: readonly Scalar[]): UnaryTest {
  if (isOrdered(type)) {
    return {
      kind: 'ordered',
      negated: false,
      anyOf: literals.map((value) => point(parseOrdered(type, String(value)))),
    };
  }
  const wrong = literals.find((value) => typeof value !== type);
  if (wrong !== undefined) throw new Refusal(`${JSON.stringify(wrong)} is not a ${type}`);
  return { kind: 'finite', negated: false, anyOf: literals };
}

function stripNegation(text: string): { negated: boolean; body: string } {
  if (text === '-') return { negated: true, body: '' };
  if (text === '') throw new Refusal('a test is empty; write "-" for any value');
  const inner = /^not\s*\((.*)\)$/s.exec(text)?.[1] ?? /^!=(.*)$/s.exec(text)?.[1];
  if (inner === undefined) return { negated: false, body: text };
  if (inner.trim() === '') throw new Refusal(`${text} negates nothing`);
  return { negated: true, body: inner.trim() };
}

/** The parts between commas, except commas inside quotes. */
function splitList(body: string): string[] {
  const parts = body.match(/(?:"(?:[^"\\]|\\.)*"|[^",])+/gs) ?? [];
  if (parts.join(',') !== body || parts.some((part) => part.trim() === '')) {
    throw new Refusal(`${JSON.stringify(body)} has an open quote or an empty place between commas`);
  }
  return parts.map((part) => part.trim());
}

function parseInterval(type: OrderedType, part: string): Interval {
  const comparison = COMPARISON.exec(part);
  if (comparison?.[1] !== undefined && comparison[2] !== undefined) {
    return compareWith(comparison[1], parseOrdered(type, comparison[2]));
  }
  const dots = part.indexOf('..');
  if (dots === -1) return point(parseOrdered(type, part));
  const [open, close] = [part.charAt(0), part.charAt(part.length - 1)];
  if (!'[(]'.includes(open) || !'])['.includes(close)) {
    throw new Refusal(`${JSON.stringify(part)} is not an interval such as [1..5] or (1..5)`);
  }
  const low = parseOrdered(type, part.slice(1, dots).trim());
  const high = parseOrdered(type, part.slice(dots + 2, -1).trim());
  if (low.gt(high)) throw new Refusal(`${JSON.stringify(part)} ends before it starts`);
  return { low: { value: low, closed: open === '[' }, high: { value: high, closed: close === ']' } };
}

function compareWith(operator: string, value: Decimal): Interval {
  if (operator === '=') return point(value);
  const bound = { value, closed: operator.endsWith('=') };
  return operator.startsWith('<') ? { high: bound } : { low: bound };
}

function point(value: Decimal): Interval {
  return { low: { value, closed: true }, high: { value, closed: true } };
}

function parseFinite(type: 'string' | 'boolean', part: string): Scalar {
  const text = part.replace(/^=\s*/, '');
  if (type === 'boolean') {
    if (text === 'true' || text === 'false') return text === 'true';
    throw new Refusal(`${JSON.stringify(part)} is not true or false`);
  }
  if (text.startsWith('"')) return parseQuoted(text);
  if (!BARE_TEXT.test(text)) {
    throw new Refusal(`${JSON.stringify(part)} is no text test; write a value (in quotes if need be) or not(…)`);
  }
  return text;
}

function parseQuoted(text: string): string {
  try {
    return JSON.parse(text) as string;
  } catch {
    throw new Refusal(`${text} is not a quoted text`);
  }
}
