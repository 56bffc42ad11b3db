// What a failed keyword means, in words for whoever sent the value: often a model, which corrects itself from them.

import { shorten } from './fault.ts';
import { isJsonObject } from './keywords.ts';
import { nearest } from './nearest.ts';

/** One error as generated validators report it. */
export interface RawError {
  readonly instancePath: string;
  readonly keyword: string;
  readonly params: Readonly<Record<string, unknown>>;
  /** The value of the keyword, the schema around it, and the value that failed. */
  readonly schema?: unknown;
  readonly parentSchema?: unknown;
  readonly data?: unknown;
}

/** One error as callers get it. */
export interface ValidationError {
  /** JSON pointer to the value that failed. */
  readonly path: string;
  /** Completes "<path> …"; at most 300 characters. */
  readonly message: string;
  readonly keyword: string;
  /** What an enum or const allows, when it is short. */
  readonly allowed?: unknown;
}

const MAX_ERRORS = 20;
const MAX_CHARACTERS = 300;
const MAX_ALLOWED_CHARACTERS = 2000;

/** The first errors, bounded in number and length. Values are never quoted: they may be secrets. */
export function describeErrors(errors: readonly RawError[]): readonly ValidationError[] {
  return errors.slice(0, MAX_ERRORS).map((error) => {
    const allowed = error.keyword === 'enum' || error.keyword === 'const' ? error.schema : undefined;
    return {
      path: shorten(error.instancePath, MAX_CHARACTERS),
      message: shorten(describe(error), MAX_CHARACTERS),
      keyword: error.keyword,
      ...(allowed !== undefined && JSON.stringify(allowed).length <= MAX_ALLOWED_CHARACTERS ? { allowed } : {}),
    };
  });
}

function describe(error: RawError): string {
  return WORDINGS.get(error.keyword)?.(error) ?? `does not satisfy ${quote(error.keyword)}`;
}

type Wording = (error: RawError) => string;

const compared: Wording = ({ params }) => `must be ${String(params['comparison'])} ${String(params['limit'])}`;
const missing: Wording = ({ params }) =>
  `must have the property ${quote(params['missingProperty'])} beside ${quote(params['property'])}`;

/** What is wrong, by the keyword that failed. */
const WORDINGS: ReadonlyMap<string, Wording> = new Map<string, Wording>([
  ['type', ({ params, data }) => `must be ${list(params['type'])}, got ${typeName(data)}`],
  ['enum', ({ schema }) => `must be one of ${Array.isArray(schema) ? schema.map(quote).join(', ') : 'those listed'}`],
  ['const', ({ schema }) => `must be ${quote(schema)}`],
  ['minimum', compared],
  ['maximum', compared],
  ['exclusiveMinimum', compared],
  ['exclusiveMaximum', compared],
  ['multipleOf', ({ params }) => `must be a multiple of ${String(params['multipleOf'])}`],
  ['minLength', ({ params }) => `must have at least ${count(params['limit'], 'character')}`],
  ['maxLength', ({ params }) => `must have at most ${count(params['limit'], 'character')}`],
  ['pattern', ({ schema }) => `must match the pattern ${quote(schema)}`],
  ['format', ({ schema }) => `must be in the format ${quote(schema)}`],
  ['minItems', ({ params }) => `must have at least ${count(params['limit'], 'item')}`],
  ['maxItems', ({ params }) => `must have at most ${count(params['limit'], 'item')}`],
  ['items', ({ params }) => `must have at most ${count(params['limit'], 'item')}`],
  ['unevaluatedItems', ({ params }) => `must have at most ${count(params['len'], 'item')}`],
  [
    'uniqueItems',
    ({ params }) => `must not repeat an item; ${String(params['i'])} and ${String(params['j'])} are equal`,
  ],
  ['contains', ({ params }) => `must contain ${range(params['minContains'], params['maxContains'])} items of a kind`],
  ['required', ({ params }) => `must have the property ${quote(params['missingProperty'])}`],
  ['dependentRequired', missing],
  ['dependencies', missing],
  ['additionalProperties', ({ params, parentSchema }) => unknownProperty(params['additionalProperty'], parentSchema)],
  ['unevaluatedProperties', ({ params, parentSchema }) => unknownProperty(params['unevaluatedProperty'], parentSchema)],
  ['propertyNames', ({ params }) => `cannot have a property named ${quote(params['propertyName'])}`],
  ['minProperties', ({ params }) => `must have at least ${count(params['limit'], 'property', 'properties')}`],
  ['maxProperties', ({ params }) => `must have at most ${count(params['limit'], 'property', 'properties')}`],
  ['anyOf', () => 'must fit at least one of the alternatives'],
  ['oneOf', ({ params }) => `must fit one of the alternatives, fits ${params['passingSchemas'] ? 'several' : 'none'}`],
  ['not', () => 'must not fit the schema under "not"'],
  ['if', ({ params }) => `must fit the schema under ${quote(params['failingKeyword'])}`],
  ['false schema', () => 'must not be present'],
]);

function unknownProperty(name: unknown, parentSchema: unknown): string {
  const properties = isJsonObject(parentSchema) ? parentSchema['properties'] : undefined;
  const known = isJsonObject(properties) ? Object.keys(properties) : [];
  const meant = nearest(String(name), known);
  const hint =
    meant !== undefined ? `; did you mean ${quote(meant)}?` : known.length > 0 ? `; known: ${known.join(', ')}` : '';
  return `has the unknown property ${quote(name)}${hint}`;
}

function typeName(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'array' : typeof value;
}

function list(types: unknown): string {
  return Array.isArray(types) ? types.join(' or ') : String(types);
}

function count(limit: unknown, singular: string, plural = `${singular}s`): string {
  return `${String(limit)} ${limit === 1 ? singular : plural}`;
}

function range(min: unknown, max: unknown): string {
  return max === undefined ? `at least ${Number(min)}` : `${Number(min)} to ${Number(max)}`;
}

function quote(value: unknown): string {
  return shorten(JSON.stringify(value) ?? 'undefined', 100);
}
