// Everything that holds at one place: a schema with what its `$ref` and `allOf` add, as one list of parts.

import { canonicalJson } from '#host/base';
import type { Budget } from './budget.ts';
import type { Schema, SchemaDocument, SchemaObject } from './schema-document.ts';

/** What a value can be. JSON Schema's `number` is a whole number or a fraction. */
export type ValueType = 'null' | 'boolean' | 'object' | 'array' | 'string' | 'integer' | 'fraction';

const ALL_TYPES: readonly ValueType[] = ['null', 'boolean', 'object', 'array', 'string', 'integer', 'fraction'];

/** Schemas that hold together. */
export class Conjunction {
  readonly parts: readonly SchemaObject[];
  /** What the values can be at most; empty when nothing fits. */
  readonly types: ReadonlySet<ValueType>;
  /** The only values, where they are listed. */
  readonly values: readonly unknown[] | undefined;
  /** Whether nothing at all fits. */
  readonly isImpossible: boolean;

  constructor(parts: readonly SchemaObject[], isImpossible: boolean) {
    this.parts = parts;
    this.isImpossible = isImpossible;
    const lists = parts.map(valuesOf).filter((values) => values !== undefined);
    this.values = lists.toSorted((a, b) => a.length - b.length)[0];
    this.types = new Set(isImpossible ? [] : typesOf(parts, this.values));
  }

  /** A keyword's values, part by part, where it is there. */
  all(keyword: string): readonly unknown[] {
    return this.parts.filter((part) => keyword in part).map((part) => part[keyword]);
  }

  /** The numbers a keyword gives. */
  numbers(keyword: string): readonly number[] {
    return this.all(keyword).filter((value) => typeof value === 'number');
  }
}

/** Joins schemas with all they refer to; undefined when that is more than the budget has. */
export function conjunctionOf(
  schemas: readonly Schema[],
  document: SchemaDocument,
  budget: Budget,
): Conjunction | undefined {
  const parts = new Set<SchemaObject>();
  const waiting = [...schemas];
  let isImpossible = false;
  for (let schema = waiting.pop(); schema !== undefined; schema = waiting.pop()) {
    if (!budget.spend(1)) return undefined;
    if (schema === false) isImpossible = true;
    if (typeof schema === 'boolean' || parts.has(schema)) continue;
    parts.add(schema);
    if (typeof schema['$ref'] === 'string') waiting.push(document.resolve(schema['$ref']));
    if ('allOf' in schema) waiting.push(...(schema['allOf'] as Schema[]));
  }
  const joined = new Conjunction([...parts], isImpossible);
  return budget.spend(joined.values?.length ?? 0) ? joined : undefined;
}

/** The values one schema lists. */
export function valuesOf(part: SchemaObject): readonly unknown[] | undefined {
  const listed = part['enum'] as readonly unknown[] | undefined;
  if (!('const' in part)) return listed;
  const only = canonicalJson(part['const']);
  return listed === undefined ? [part['const']] : listed.filter((value) => canonicalJson(value) === only);
}

/** The types one schema names. */
export function namedTypes(part: SchemaObject): readonly ValueType[] {
  const named = part['type'];
  if (named === undefined) return ALL_TYPES;
  const types = (Array.isArray(named) ? named : [named]) as readonly string[];
  return ALL_TYPES.filter(
    (type) =>
      types.includes(type) ||
      ((type === 'integer' || type === 'fraction') && types.includes('number')) ||
      (type === 'null' && part['nullable'] === true),
  );
}

/** The type of a value. */
export function typeOf(value: unknown): ValueType {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'fraction';
  return typeof value as 'boolean' | 'object' | 'string';
}

function typesOf(parts: readonly SchemaObject[], values: readonly unknown[] | undefined): readonly ValueType[] {
  const listed = values === undefined ? ALL_TYPES : [...new Set(values.map(typeOf))];
  return parts.reduce<readonly ValueType[]>((left, part) => {
    const named = namedTypes(part);
    return left.filter((type) => named.includes(type));
  }, listed);
}
