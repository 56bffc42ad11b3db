import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { KEYWORDS } from '../../../../../sandbox/guest/schema/keywords.ts';

/** Not in the meta-schema, or meant to be stricter or wider than it: said in keywords.ts. */
const OURS = new Set([
  '$schema',
  'enum',
  '$id',
  '$anchor',
  '$dynamicAnchor',
  '$vocabulary',
  'definitions',
  'dependencies',
  'nullable',
]);
const OPEN_NOTES = new Set([
  'example',
  'externalDocs',
  'xml',
  'enumNames',
  'enumDescriptions',
  'discriminator',
  'markdownDescription',
  'propertyOrder',
]);

const values = fc.oneof(
  fc.jsonValue({ maxDepth: 2 }),
  fc.constantFrom(
    0,
    1,
    -1,
    0.5,
    true,
    'string',
    'object',
    [],
    {},
    ['string'],
    ['string', 'string'],
    ['a', 'b'],
    [{}],
    [true],
    { a: {} },
    { a: ['b'] },
  ),
);

describe('KEYWORDS', () => {
  it('agree with the meta-schema of 2020-12 on what a keyword may hold', () => {
    const meta = new Ajv2020({ strict: false, logger: false });
    const names = [...KEYWORDS.keys()].filter((name) => !OURS.has(name) && !OPEN_NOTES.has(name));
    fc.assert(
      fc.property(fc.constantFrom(...names), values, (name, value) => {
        const fits = KEYWORDS.get(name)?.fits(value) === true;
        const isSchema = meta.validateSchema({ [name]: value }) === true;
        // Subschemas are checked when they are walked, not here.
        const holds = KEYWORDS.get(name)?.holds;
        if (holds === undefined) assert.equal(fits, isSchema, `${name}: ${JSON.stringify(value)}`);
        else if (isSchema) assert.ok(fits, `${name}: ${JSON.stringify(value)}`);
      }),
      { numRuns: 2000 },
    );
  });

  it('know every keyword of the meta-schema', () => {
    const meta = new Ajv2020({ strict: false });
    const vocabularies = [
      'core',
      'applicator',
      'unevaluated',
      'validation',
      'meta-data',
      'format-annotation',
      'content',
    ];
    for (const vocabulary of vocabularies) {
      const schema = meta.getSchema(`https://json-schema.org/draft/2020-12/meta/${vocabulary}`)?.schema;
      const { properties } = schema as { readonly properties: object };
      for (const name of Object.keys(properties)) assert.ok(KEYWORDS.has(name), name);
    }
  });
});
