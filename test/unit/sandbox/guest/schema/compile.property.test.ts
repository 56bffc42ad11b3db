// For simple schemas and values, generated validators agree with ajv used plainly.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { compileInput, valueSchema } from './schemas.ts';

const names = fc.constantFrom('a', 'b', 'x/y~z', '"];throw 1;//', "'+`${a}\\", '\u2028\n*/');

/** What may stand in a schema: a key `__proto__` is refused there. */
const literals = fc.jsonValue({ maxDepth: 1 }).filter((value) => !JSON.stringify(value).includes('__proto__'));

const schemas: fc.Arbitrary<unknown> = fc.letrec((self) => ({
  schema: fc.oneof({ maxDepth: 3 }, self('leaf'), self('object'), self('array'), self('combination')),
  leaf: fc.oneof(
    fc.boolean(),
    fc.record({ type: fc.constantFrom('string', 'number', 'integer', 'boolean', 'null', 'object', 'array') }),
    fc.record({ type: fc.constant('string'), minLength: fc.nat(2), maxLength: fc.integer({ min: 2, max: 5 }) }),
    fc.record({
      minimum: fc.integer({ min: -5, max: 5 }),
      exclusiveMaximum: fc.integer({ min: 0, max: 9 }),
      multipleOf: fc.constantFrom(1, 2, 0.5),
    }),
    fc.record({ enum: fc.array(literals, { minLength: 1, maxLength: 3 }) }),
    fc.record({ const: literals }),
    fc.record({ pattern: fc.constantFrom('^a', 'b$', '^[a-c]*$', '^\\p{L}+$') }),
    fc.record({ format: fc.constantFrom('date', 'email', 'uuid', 'unheard-of') }),
  ),
  object: fc.record(
    {
      type: fc.constant('object'),
      properties: fc.dictionary(names, self('schema'), { maxKeys: 3 }),
      required: fc.uniqueArray(names, { maxLength: 2 }),
      additionalProperties: self('schema'),
      unevaluatedProperties: self('schema'),
      patternProperties: fc.dictionary(fc.constantFrom('^a', 'b'), self('schema'), { maxKeys: 2 }),
      propertyNames: self('leaf'),
      minProperties: fc.nat(2),
      dependentRequired: fc.dictionary(names, fc.uniqueArray(names, { maxLength: 2 }), { maxKeys: 1 }),
    },
    { requiredKeys: [] },
  ),
  array: fc
    .record(
      {
        type: fc.constant('array'),
        prefixItems: fc.array(self('schema'), { minLength: 1, maxLength: 2 }),
        items: self('schema'),
        contains: self('leaf'),
        uniqueItems: fc.boolean(),
        maxItems: fc.nat(3),
        unevaluatedItems: self('leaf'),
      },
      { requiredKeys: [] },
    )
    // Beside prefixItems plain ajv skips the rest for a list too short for them, and compares items by the type of later ones.
    // compile.test.ts holds that ours does not.
    .map(({ uniqueItems, ...schema }) =>
      schema.prefixItems === undefined
        ? { ...schema, uniqueItems }
        : { ...schema, minItems: schema.prefixItems.length },
    ),
  combination: fc.oneof(
    fc.record({ anyOf: fc.array(self('schema'), { minLength: 1, maxLength: 3 }) }),
    fc.record({ oneOf: fc.array(self('schema'), { minLength: 1, maxLength: 3 }) }),
    fc.record({ allOf: fc.array(self('schema'), { minLength: 1, maxLength: 2 }) }),
    fc.record({ not: self('schema') }),
    // oxlint-disable-next-line unicorn/no-thenable -- a keyword of JSON Schema
    fc.record({ if: self('schema'), then: self('schema'), else: self('schema') }),
  ),
})).schema;

const values = fc.oneof(
  fc.jsonValue({ maxDepth: 3 }),
  fc.constantFrom('a', 'abc', '2024-02-30', '2024-02-29', 'ada@example.com', 4, 2.5, [1, 1], [{ a: 1 }, { a: 1 }]),
  fc.dictionary(names, fc.oneof(fc.jsonValue({ maxDepth: 1 }), fc.dictionary(names, fc.jsonValue({ maxDepth: 0 }))), {
    maxKeys: 3,
  }),
);

describe('compileSchemas', () => {
  it('agrees with ajv on which values a schema takes', () => {
    fc.assert(
      fc.property(schemas, fc.array(values, { minLength: 1, maxLength: 8 }), (schema, candidates) => {
        const text = valueSchema(schema);
        const validate = createPlainAjv().compile(JSON.parse(text) as object);
        const input = compileInput(text);
        for (const value of candidates) {
          const given = JSON.stringify({ value });
          assert.equal(input(given) === '', validate(JSON.parse(given)), `${text} on ${given}`);
        }
      }),
      { numRuns: 150 },
    );
  });
});

function createPlainAjv(): Ajv2020 {
  const formats = { date: plainFormat('2024-02-29'), email: plainFormat('ada@example.com'), uuid: plainFormat() };
  return new Ajv2020({
    strict: false,
    logger: false,
    multipleOfPrecision: 9,
    meta: false,
    validateSchema: false,
    formats,
  });
}

/** A format as narrow as the values above. */
function plainFormat(...accepted: readonly string[]): (value: string) => boolean {
  return (value) => accepted.includes(value);
}
