// Types, listed values, and bounds of numbers, lengths and counts.

import { canonicalJson } from '#host/base';
import { miss, show, type Comparison, type Question, type Rule } from './comparison.ts';
import { namedTypes, typeOf, valuesOf, type Conjunction } from './conjunction.ts';
import type { SchemaObject } from './schema-document.ts';

/** `type` */
export const checkTypes: Rule = ({ narrow, wide, part, at }, { between }) => {
  const named = namedTypes(part);
  if ([...narrow.types].every((type) => named.includes(type))) return true;
  return miss(at, { path: at.path, what: `type: ${between(typeText(narrow), typeText(wide))}` });
};

/** `enum`, `const` */
export const checkValues: Rule = ({ narrow, part, at }, { between, inTime, spend }) => {
  const allowed = valuesOf(part);
  if (allowed === undefined) return true;
  const given = givenValues(narrow);
  if (!spend(allowed.length + (given?.length ?? 0))) return false;
  if (given === undefined)
    return miss(at, { path: at.path, what: `values: ${between('any', listText(textsOf(allowed)))}` });
  const [held, offered] = [new Set(textsOf(given)), new Set(textsOf(allowed))];
  if (held.isSubsetOf(offered)) return true;
  const [older, newer] = inTime(held, offered);
  const marks = [
    ...[...newer.difference(older)].map((text) => `+${text}`),
    ...[...older.difference(newer)].map((text) => `-${text}`),
  ];
  return miss(at, { path: at.path, what: `values: ${listText(marks)}` });
};

/** `minimum`, `exclusiveMinimum`, `maximum`, `exclusiveMaximum`, `multipleOf` */
export const checkNumbers: Rule = (question, comparison) => {
  const { narrow, part, at } = question;
  if (!narrow.types.has('integer') && !narrow.types.has('fraction')) return true;
  const holds = BOUNDS.map((bound) => checkBound(bound, question, comparison));
  const step = part['multipleOf'];
  if (typeof step === 'number' && !narrow.numbers('multipleOf').some((own) => isMultiple(own, step))) {
    const own = narrow.numbers('multipleOf')[0];
    return miss(at, { path: at.path, what: `multipleOf: ${comparison.between(show(own), show(step))}` });
  }
  return holds.every(Boolean);
};

/** `minLength`, `maxLength` */
export const checkLengths: Rule = (question, comparison) => {
  const { narrow } = question;
  if (!narrow.types.has('string')) return true;
  const lengths = narrow.values?.filter((value) => typeof value === 'string').map(lengthOf);
  return checkCounts(question, comparison, { least: 'minLength', most: 'maxLength', given: lengths });
};

/** In code points, as the schemas count. */
function lengthOf(text: string): number {
  return Array.from(text).length;
}

/** Two keywords that bound a count. */
export interface CountRule {
  readonly least: string;
  readonly most: string;
  /** The counts there are, where they are known. */
  readonly given?: readonly number[] | undefined;
}

/** Bounds of a count. */
export function checkCounts(
  { narrow, part, at }: Question,
  { between }: Comparison,
  { least, most, given = [] }: CountRule,
): boolean {
  const lowest = largest([0, ...narrow.numbers(least), ...(given.length === 0 ? [] : [smallest(given)])]);
  const highest = smallest([...narrow.numbers(most), ...(given.length === 0 ? [] : [largest(given)])]);
  const [floor, ceiling] = [part[least], part[most]];
  let holds = true;
  if (typeof floor === 'number' && lowest < floor) {
    holds = miss(at, { path: at.path, what: `${least}: ${between(show(lowest), show(floor))}` });
  }
  if (typeof ceiling === 'number' && highest > ceiling) {
    const before = Number.isFinite(highest) ? show(highest) : 'none';
    holds = miss(at, { path: at.path, what: `${most}: ${between(before, show(ceiling))}` });
  }
  return holds;
}

/** The values there are, where they can be listed. */
function givenValues({ values, types }: Conjunction): readonly unknown[] | undefined {
  if (values !== undefined) return values.filter((value) => types.has(typeOf(value)));
  const few: readonly unknown[] = [null, true, false].filter((value) => types.has(typeOf(value)));
  return [...types].every((type) => type === 'null' || type === 'boolean') ? few : undefined;
}

/** One end of a range of numbers. */
interface Bound {
  readonly inclusive: 'minimum' | 'maximum';
  readonly exclusive: 'exclusiveMinimum' | 'exclusiveMaximum';
  /** Turns the end round, so that the higher of two is always the tighter. */
  readonly sign: 1 | -1;
}

const BOUNDS: readonly Bound[] = [
  { inclusive: 'minimum', exclusive: 'exclusiveMinimum', sign: 1 },
  { inclusive: 'maximum', exclusive: 'exclusiveMaximum', sign: -1 },
];

interface End {
  readonly value: number;
  readonly isExclusive: boolean;
}

function checkBound(bound: Bound, { narrow, part, at }: Question, { between }: Comparison): boolean {
  const asked = endOf(bound, [part]);
  if (asked === undefined) return true;
  const own = endOf(bound, narrow.parts, narrow.values);
  if (own !== undefined && !isTighter(bound, asked, own)) return true;
  return miss(at, { path: at.path, what: `${bound.inclusive}: ${between(endText(own), endText(asked))}` });
}

function endOf(bound: Bound, parts: readonly SchemaObject[], values?: readonly unknown[]): End | undefined {
  const ends = parts.flatMap((part) => [
    ...numberIn(part, bound.inclusive).map((value): End => ({ value, isExclusive: false })),
    ...numberIn(part, bound.exclusive).map((value): End => ({ value, isExclusive: true })),
  ]);
  const numbers = values?.filter((value) => typeof value === 'number') ?? [];
  if (numbers.length > 0) {
    // Of listed values the loosest counts.
    const value = bound.sign === 1 ? smallest(numbers) : largest(numbers);
    ends.push({ value, isExclusive: false });
  }
  return ends.reduce<End | undefined>(
    (tightest, end) => (tightest === undefined || isTighter(bound, end, tightest) ? end : tightest),
    undefined,
  );
}

function numberIn(part: SchemaObject, keyword: string): readonly number[] {
  const value = part[keyword];
  return typeof value === 'number' ? [value] : [];
}

function isTighter({ sign }: Bound, a: End, b: End): boolean {
  if (a.value !== b.value) return sign * a.value > sign * b.value;
  return a.isExclusive && !b.isExclusive;
}

function endText(end: End | undefined): string {
  if (end === undefined) return 'none';
  return end.isExclusive ? `${end.value} (excluded)` : String(end.value);
}

/** Whether every multiple of one number is one of the other; of fractions, which rounding blurs, only equal ones. */
function isMultiple(own: number, step: number): boolean {
  return own === step || (Number.isSafeInteger(own) && Number.isSafeInteger(step) && own % step === 0);
}

function smallest(numbers: readonly number[]): number {
  return numbers.reduce((left, right) => Math.min(left, right), Infinity);
}

function largest(numbers: readonly number[]): number {
  return numbers.reduce((left, right) => Math.max(left, right), -Infinity);
}

function typeText({ types, parts }: Conjunction): string {
  if (types.size === 7) return parts.some((part) => 'anyOf' in part || 'oneOf' in part) ? 'alternatives' : 'any';
  const names = [...types].map((type) => (type === 'fraction' ? 'number' : type));
  const shown = names.includes('number') ? names.filter((name) => name !== 'integer') : names;
  return shown.length === 0 ? 'none' : shown.join(' | ');
}

function textsOf(values: readonly unknown[]): readonly string[] {
  return values.map(canonicalJson);
}

const MAX_LISTED = 8;

function listText(texts: readonly string[]): string {
  const listed = texts.slice(0, MAX_LISTED).map((text) => (text.length > 40 ? `${text.slice(0, 40)}…` : text));
  return `${listed.join(', ')}${texts.length > MAX_LISTED ? ` and ${texts.length - MAX_LISTED} more` : ''}`;
}
