// What is not called breaking breaks nothing: tried on generated schemas, their next versions, and values.

import assert from 'node:assert/strict';
import { suite, test } from 'node:test';

import fc from 'fast-check';
import type { JsonSchema } from '#sandbox';
import { compareSchemas, type SchemaRole } from '../../../../../host/making/compatibility/compare-schemas.ts';
import { compileInput } from '../../../sandbox/guest/schema/schemas.ts';

type Schema = Readonly<Record<string, unknown>>;

const NAMES = ['a', 'b', 'c'];
/** Names no first version mentions: what comes newly. */
const NEW_NAMES = ['n', 'm'];
const VALUES = [null, true, false, 0, 1, 2.5, -3, 12, '', 'x', 'xyz', [], [1], ['x', 'x'], {}, { a: 1 }, { b: 'x' }];

const bounds = fc.record(
  {
    minimum: fc.integer({ min: -3, max: 3 }),
    exclusiveMaximum: fc.integer({ min: 2, max: 12 }),
    multipleOf: fc.constantFrom(1, 2),
  },
  { requiredKeys: [] },
);
const types = fc.constantFrom<unknown>('string', 'number', 'integer', 'boolean', 'null', 'object', 'array', [
  'string',
  'null',
]);

const schemas: fc.Arbitrary<unknown> = fc.letrec((self) => ({
  schema: fc.oneof({ maxDepth: 2 }, self('leaf'), self('object'), self('array'), self('combination')),
  leaf: fc.oneof(
    fc.boolean(),
    fc.record({ type: types }),
    fc.tuple(fc.constantFrom('number', 'integer'), bounds).map(([type, more]) => ({ type, ...more })),
    fc.record({ type: fc.constant('string'), minLength: fc.nat(2), maxLength: fc.integer({ min: 1, max: 3 }) }),
    fc.record({ enum: fc.uniqueArray(fc.constantFrom(...VALUES), { minLength: 1, maxLength: 4 }) }),
    fc.record({ const: fc.constantFrom(...VALUES) }),
    fc.constantFrom({ $ref: '#/$defs/node' }, { $ref: '#/$defs/small' }),
  ),
  object: fc.record(
    {
      type: fc.constant('object'),
      properties: fc.dictionary(fc.constantFrom(...NAMES), self('schema'), { maxKeys: 3 }),
      required: fc.uniqueArray(fc.constantFrom(...NAMES), { maxLength: 2 }),
      additionalProperties: fc.oneof(fc.boolean(), self('leaf')),
      patternProperties: fc.dictionary(fc.constantFrom('^a', 'b'), self('leaf'), { maxKeys: 1 }),
      minProperties: fc.nat(2),
      dependentRequired: fc.constant({ a: ['b'] }),
    },
    { requiredKeys: ['type'] },
  ),
  array: fc.record(
    {
      type: fc.constant('array'),
      prefixItems: fc.array(self('leaf'), { minLength: 1, maxLength: 2 }),
      items: self('leaf'),
      maxItems: fc.nat(3),
      uniqueItems: fc.boolean(),
    },
    { requiredKeys: ['type'] },
  ),
  combination: fc.oneof(
    fc.record({ anyOf: fc.array(self('schema'), { minLength: 1, maxLength: 3 }) }),
    fc.record({ oneOf: fc.array(self('leaf'), { minLength: 1, maxLength: 2 }) }),
    fc.record({ allOf: fc.array(self('object'), { minLength: 1, maxLength: 2 }) }),
    fc.record({ not: self('leaf'), type: types }),
  ),
})).schema;

/** A whole document: one property, and two definitions, of which one holds itself. */
const documents = fc.tuple(schemas, schemas, schemas).map(([value, node, small]): JsonSchema => {
  const $defs = { node: { properties: { a: { $ref: '#/$defs/node' }, c: node } }, small: dropRefs(small) };
  return { type: 'object', properties: { value }, required: ['value'], $defs } as JsonSchema;
});

/** One change an author may make somewhere. */
const edits = fc.record({
  at: fc.nat(40),
  edit: fc.oneof(
    fc.constantFrom<Schema>(
      { minimum: 1 },
      { minLength: 1 },
      { maxItems: 1 },
      { required: ['a'] },
      { minProperties: 1 },
    ),
    fc.record({ additionalProperties: fc.oneof(fc.boolean(), fc.record({ type: types })) }),
    fc.record({ enum: fc.uniqueArray(fc.constantFrom(...VALUES), { minLength: 1, maxLength: 4 }) }),
    fc.record({ type: types }),
    fc.constantFrom(...NEW_NAMES).map((name): Schema => ({ addProperty: name })),
    fc.constantFrom(
      ...['minimum', 'exclusiveMaximum', 'minLength', 'maxLength', 'required', 'type', 'enum'].map((drop) => ({
        drop,
      })),
    ),
    fc.constantFrom(
      ...['additionalProperties', 'properties', 'anyOf', 'items', 'uniqueItems', 'const'].map((drop) => ({ drop })),
    ),
    fc.record({ addAlternative: fc.record({ type: types }) }),
    fc.record({ wrap: fc.constantFrom('anyOf', 'allOf', 'oneOf') }),
    fc.record({ addProperty: fc.constantFrom(...NEW_NAMES), required: fc.constant(true) }),
  ),
});

const leaves = fc.constantFrom<unknown>(...VALUES);
const records = (depth: number): fc.Arbitrary<unknown> =>
  fc.dictionary(fc.constantFrom(...NAMES, 'z'), depth === 0 ? leaves : fc.oneof(leaves, records(depth - 1)), {
    maxKeys: 3,
    noNullPrototype: true,
  });
const values = fc.oneof(leaves, records(2), fc.array(fc.oneof(leaves, records(0)), { maxLength: 3 }));

/** Whether a tool with this schema takes a value. */
function compile(schema: JsonSchema): (value: unknown) => boolean {
  const validate = compileInput(JSON.stringify(schema));
  return (value) => validate(JSON.stringify(value)) === '';
}

suite('compareSchemas, on generated schemas', () => {
  for (const role of ['input', 'output'] as const) {
    // Proves making.compatible-versions.
    test(`calls no change of an ${role} additive that breaks a value`, () => {
      const seen = { breaking: 0, other: 0, valid: 0 };
      fc.assert(
        fc.property(
          documents,
          fc.array(edits, { minLength: 1, maxLength: 3 }),
          fc.array(values, { minLength: 20, maxLength: 40 }),
          (before, changes, candidates) => {
            const after = changes.reduce(applyEdit, before);
            const isBreaking = compareSchemas(role, before, after).some(({ kind }) => kind === 'breaking');
            seen[isBreaking ? 'breaking' : 'other'] += 1;
            if (!isBreaking) seen.valid += countKept(role, before, after, candidates);
          },
        ),
        { numRuns: 400 },
      );
      // A comparison that called everything breaking would pass otherwise.
      assert.ok(seen.other > 40 && seen.breaking > 40 && seen.valid > 400, JSON.stringify(seen));
    });
  }
});

/** How many values the first schema takes; each of them must fit the second. */
function countKept(role: SchemaRole, before: JsonSchema, after: JsonSchema, candidates: readonly unknown[]): number {
  const [narrow, wide] = role === 'input' ? [before, after] : [after, before];
  const [isSent, isTaken] = [compile(narrow), compile(wide)];
  const sent = candidates.map((value) => ({ value })).filter(isSent);
  for (const value of sent) {
    assert.ok(isTaken(value), `${JSON.stringify(value)}\nfits ${JSON.stringify(narrow)}\nnot  ${JSON.stringify(wide)}`);
  }
  return sent.length;
}

/** Applies an edit to the schema object it names, counted through the document. */
function applyEdit(document: JsonSchema, { at, edit }: { readonly at: number; readonly edit: Schema }): JsonSchema {
  const copy = structuredClone(document) as Record<string, unknown>;
  const { properties, $defs } = copy as { properties: { value: unknown }; $defs: Record<string, unknown> };
  const places = [...findObjects(properties.value), ...findObjects($defs['small']), ...findObjects($defs['node'])];
  const place = places.length === 0 ? undefined : places[at % places.length];
  if (place !== undefined) change(place, edit);
  return copy as JsonSchema;
}

function change(
  place: Record<string, unknown>,
  { drop, addProperty, required, addAlternative, wrap, ...set }: Schema,
): void {
  Object.assign(place, set);
  if (typeof drop === 'string') delete place[drop];
  if (typeof addProperty === 'string') {
    place['properties'] = { ...(place['properties'] as object | undefined), [addProperty]: { type: 'string' } };
    if (required === true) place['required'] = [...new Set([...((place['required'] ?? []) as string[]), addProperty])];
  }
  if (addAlternative !== undefined && Array.isArray(place['anyOf'])) place['anyOf'].push(addAlternative);
  if (typeof wrap === 'string') {
    const inner = { ...place };
    for (const key of Object.keys(place)) delete place[key];
    place[wrap] = [inner];
  }
}

/** The schema objects within a schema. */
function findObjects(value: unknown): Record<string, unknown>[] {
  if (typeof value !== 'object' || value === null) return [];
  if (Array.isArray(value)) return value.flatMap(findObjects);
  const within = Object.entries(value).flatMap(([key, entry]) => {
    if (['properties', 'patternProperties'].includes(key)) return Object.values(entry as object).flatMap(findObjects);
    return ['enum', 'const', 'dependentRequired', 'required'].includes(key) ? [] : findObjects(entry);
  });
  return [value as Record<string, unknown>, ...within];
}

function dropRefs(schema: unknown): unknown {
  return JSON.parse(JSON.stringify(schema).replaceAll('"$ref":"#/$defs/small"', '"$ref":"#/$defs/node"')) as unknown;
}
