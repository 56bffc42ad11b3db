// The vocabulary of JSON Schema 2020-12: what each keyword's value must look like, and where subschemas stand.
// It takes the place of the meta-schema, whose validator would cost every cold workshop tens of milliseconds.

/** What a keyword may hold. */
export interface Keyword {
  /** Completes "must be …". */
  readonly must: string;
  readonly fits: (value: unknown) => boolean;
  /** Where subschemas stand within the value. */
  readonly holds?: 'schema' | 'list' | 'map' | 'mapOfSchemasOrNames';
  /** Says nothing about what is valid. */
  readonly annotates?: true;
}

/** A JSON object as it comes out of the parser. */
export type JsonObject = { [key: string]: unknown };

/** Whether a parsed value is an object, not an array or null. */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const TYPES: readonly unknown[] = ['null', 'boolean', 'object', 'array', 'number', 'integer', 'string'];

// An anchor is also a property name in generated code: names every object inherits would be found there unasked.
const ANCHOR = /^[A-Za-z_][-A-Za-z0-9._]*$/u;

const ANY: Keyword = { must: 'anything', fits: () => true };
const TEXT: Keyword = { must: 'a string', fits: (value) => typeof value === 'string' };
const FLAG: Keyword = { must: 'true or false', fits: (value) => typeof value === 'boolean' };
const NUMBER: Keyword = { must: 'a number', fits: (value) => typeof value === 'number' && Number.isFinite(value) };
const COUNT: Keyword = {
  must: 'a whole number from 0 up',
  fits: (value) => Number.isInteger(value) && Number(value) >= 0,
};
const LIST: Keyword = { must: 'a list', fits: Array.isArray };
const NAMES: Keyword = { must: 'a list of different strings', fits: isNames };

const SCHEMA: Keyword = { must: 'a schema', fits: isSchemaLike, holds: 'schema' };
const SCHEMAS: Keyword = { must: 'a list of at least one schema', fits: isFilledList, holds: 'list' };
const SCHEMA_MAP: Keyword = { must: 'an object of schemas', fits: isJsonObject, holds: 'map' };

/** A keyword that only informs, as `x-…` does. */
export const NOTE: Keyword = { ...ANY, annotates: true };
const TEXT_NOTE: Keyword = { ...TEXT, annotates: true };
const FLAG_NOTE: Keyword = { ...FLAG, annotates: true };

/** Every keyword a schema may use, besides `x-…` annotations. */
export const KEYWORDS: ReadonlyMap<string, Keyword> = new Map<string, Keyword>([
  // Core
  ['$schema', TEXT_NOTE],
  ['$id', { must: 'a URI without a fragment, and without "*/"', fits: isId }],
  ['$ref', TEXT],
  ['$dynamicRef', TEXT],
  ['$anchor', { must: 'a name such as "item"', fits: isAnchor }],
  ['$dynamicAnchor', { must: 'a name such as "item"', fits: isAnchor }],
  ['$defs', SCHEMA_MAP],
  ['definitions', SCHEMA_MAP],
  ['$comment', TEXT_NOTE],
  ['$vocabulary', { must: 'an object', fits: isJsonObject, annotates: true }],
  // Any value
  ['type', { must: 'a type or a list of different types', fits: isTypes }],
  ['enum', { must: 'a list of at least one value', fits: isFilledList }],
  ['const', ANY],
  ['nullable', FLAG],
  // Numbers
  ['multipleOf', { must: 'a number above 0', fits: (value) => NUMBER.fits(value) && Number(value) > 0 }],
  ['maximum', NUMBER],
  ['exclusiveMaximum', NUMBER],
  ['minimum', NUMBER],
  ['exclusiveMinimum', NUMBER],
  // Strings
  ['maxLength', COUNT],
  ['minLength', COUNT],
  ['pattern', TEXT],
  ['format', TEXT],
  ['contentEncoding', TEXT_NOTE],
  ['contentMediaType', TEXT_NOTE],
  ['contentSchema', SCHEMA],
  // Arrays
  ['maxItems', COUNT],
  ['minItems', COUNT],
  ['uniqueItems', FLAG],
  ['maxContains', COUNT],
  ['minContains', COUNT],
  ['prefixItems', SCHEMAS],
  ['items', { ...SCHEMA, must: 'a schema (a list of schemas is called prefixItems in 2020-12)' }],
  ['contains', SCHEMA],
  ['unevaluatedItems', SCHEMA],
  // Objects
  ['maxProperties', COUNT],
  ['minProperties', COUNT],
  ['required', NAMES],
  ['dependentRequired', { must: 'an object of lists of different strings', fits: isMapOfNames }],
  ['properties', SCHEMA_MAP],
  ['patternProperties', SCHEMA_MAP],
  ['additionalProperties', SCHEMA],
  ['propertyNames', SCHEMA],
  ['dependentSchemas', SCHEMA_MAP],
  [
    'dependencies',
    { must: 'an object of schemas or lists of names', fits: isJsonObject, holds: 'mapOfSchemasOrNames' },
  ],
  ['unevaluatedProperties', SCHEMA],
  // Combinations
  ['allOf', SCHEMAS],
  ['anyOf', SCHEMAS],
  ['oneOf', SCHEMAS],
  ['not', SCHEMA],
  ['if', SCHEMA],
  ['then', SCHEMA],
  ['else', SCHEMA],
  // Annotations: the standard's, then those that generators and form builders commonly add
  ['title', TEXT_NOTE],
  ['description', TEXT_NOTE],
  ['default', ANY],
  ['examples', { ...LIST, annotates: true }],
  ['deprecated', FLAG_NOTE],
  ['readOnly', FLAG_NOTE],
  ['writeOnly', FLAG_NOTE],
  ['example', NOTE],
  ['discriminator', NOTE],
  ['externalDocs', NOTE],
  ['xml', NOTE],
  ['enumNames', NOTE],
  ['enumDescriptions', NOTE],
  ['markdownDescription', NOTE],
  ['propertyOrder', NOTE],
]);

/** Whether a keyword's value is a list of different strings. */
export function isNames(value: unknown): value is readonly string[] {
  return (
    Array.isArray(value) && value.every((name) => typeof name === 'string') && new Set(value).size === value.length
  );
}

function isMapOfNames(value: unknown): boolean {
  return isJsonObject(value) && Object.values(value).every(isNames);
}

function isSchemaLike(value: unknown): boolean {
  return typeof value === 'boolean' || isJsonObject(value);
}

function isFilledList(value: unknown): boolean {
  return Array.isArray(value) && value.length > 0;
}

function isTypes(value: unknown): boolean {
  if (!Array.isArray(value)) return TYPES.includes(value);
  return value.length > 0 && isNames(value) && value.every((type) => TYPES.includes(type));
}

/**
 * SECURITY: the compiler writes an id into a comment of the validator, which an asterisk and a slash would end: what
 * follows would be code. sandbox/attacks/compile-schema tries; test/escape/making.test.ts holds it.
 */
function isId(value: unknown): boolean {
  return typeof value === 'string' && /^[^#]*#?$/u.test(value) && !value.includes('*/');
}

function isAnchor(value: unknown): boolean {
  return typeof value === 'string' && ANCHOR.test(value) && !(value in Object.prototype);
}
