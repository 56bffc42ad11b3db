import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { readSchema } from '../../../../../sandbox/guest/schema/bounds.ts';
import { compileInput, objectSchema, refusalOf, valueSchema } from './schemas.ts';

function refusal(text: string): readonly [string, unknown] {
  const { code, data } = refusalOf(() => readSchema(text, 'input'));
  return [code, (data as { path: string } | undefined)?.path];
}

const entries = (count: number, value: unknown): object =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`p${index}`, value]));

// Proves making.bounded-schemas.
describe('readSchema', () => {
  it('says whose schema is at fault and where', () => {
    const { data } = refusalOf(() => readSchema(valueSchema({ type: 'text' }), 'output'));
    assert.deepEqual(data, { schema: 'output', path: '/properties/value/type' });
  });

  it('refuses what is no schema of an object', () => {
    assert.deepEqual(refusal('{'), ['SCHEMA_INVALID', '']);
    assert.deepEqual(refusal('true'), ['SCHEMA_INVALID', '']);
    assert.deepEqual(refusal('{}'), ['SCHEMA_INVALID', '/type']);
    assert.deepEqual(refusal('{"type": ["object"]}'), ['SCHEMA_INVALID', '/type']);
  });

  it('bounds the text, and its depth without parsing it', () => {
    assert.deepEqual(refusal(objectSchema({ title: 'x'.repeat(256 * 1024) })), ['SCHEMA_LIMIT', '']);
    assert.deepEqual(refusal('{"not":'.repeat(30_000)), ['SCHEMA_LIMIT', '']);
    assert.deepEqual(refusal('['.repeat(100_000)), ['SCHEMA_LIMIT', '']);
    let schema: object = {};
    for (let depth = 2; depth < 32; depth++) schema = { not: schema };
    assert.doesNotThrow(() => readSchema(objectSchema({ not: schema }), 'input'));
    assert.equal(refusal(objectSchema({ not: { not: schema } }))[0], 'SCHEMA_LIMIT');
  });

  it('bounds subschemas and how many stand side by side', () => {
    assert.doesNotThrow(() => readSchema(objectSchema({ $defs: entries(1999, {}) }), 'input'));
    assert.equal(refusal(objectSchema({ $defs: entries(2000, {}) }))[0], 'SCHEMA_LIMIT');
    assert.deepEqual(refusal(objectSchema({ properties: entries(1001, {}) })), ['SCHEMA_LIMIT', '']);
    const nested = objectSchema({ properties: { ...entries(600, {}), last: { anyOf: Array(500).fill({}) } } });
    assert.deepEqual(refusal(nested), ['SCHEMA_LIMIT', '/properties/last']);
  });

  it('generates code that runs for the widest schema it takes', () => {
    const input = compileInput(objectSchema({ properties: entries(1000, { type: 'string' }) }));
    assert.equal(input(JSON.stringify(entries(1000, 'a'))), '');
  });

  it('bounds patterns, those of property names included', () => {
    const patterns = {
      patternProperties: Object.fromEntries(Array.from({ length: 64 }, (_, index) => [`^${index}`, {}])),
    };
    assert.doesNotThrow(() => readSchema(objectSchema(patterns), 'input'));
    assert.equal(refusal(objectSchema({ ...patterns, propertyNames: { pattern: '^a' } }))[0], 'SCHEMA_LIMIT');
    assert.deepEqual(refusal(valueSchema({ pattern: 'a'.repeat(513) })), ['SCHEMA_LIMIT', '/properties/value/pattern']);
  });

  it('refuses a pattern that is none, or unsafe, wherever it stands', () => {
    assert.deepEqual(refusal(valueSchema({ pattern: '(' })), ['SCHEMA_INVALID', '/properties/value/pattern']);
    assert.deepEqual(refusal(valueSchema({ pattern: '\\-' })), ['SCHEMA_INVALID', '/properties/value/pattern']);
    assert.deepEqual(refusal(valueSchema({ pattern: '^(a|a)*$' })), [
      'SCHEMA_PATTERN_UNSAFE',
      '/properties/value/pattern',
    ]);
    assert.deepEqual(refusal(objectSchema({ patternProperties: { '(a+)+$': {} } })), [
      'SCHEMA_PATTERN_UNSAFE',
      '/patternProperties/(a+)+$',
    ]);
  });

  it('refuses a keyword nobody knows, and suggests the one that was meant', () => {
    const { code, data } = refusalOf(() => readSchema(objectSchema({ requird: ['a'] }), 'input'));
    assert.deepEqual([code, data], ['SCHEMA_INVALID', { schema: 'input', path: '/requird' }]);
    assert.throws(() => readSchema(objectSchema({ requird: ['a'] }), 'input'), /did you mean "required"/);
    assert.deepEqual(refusal(objectSchema({ $async: true })), ['SCHEMA_INVALID', '/$async']);
  });

  it('refuses a keyword whose value does not fit', () => {
    const wrong = {
      minLength: -1, maximum: '5', required: ['a', 'a'], enum: [], type: [], items: [{}], pattern: 5, multipleOf: 0,
      uniqueItems: 'yes', allOf: [], properties: [], not: null, $anchor: 'constructor', dependentRequired: { a: 'b' },
    }; // prettier-ignore
    for (const [keyword, value] of Object.entries(wrong)) {
      assert.deepEqual(
        refusal(valueSchema({ [keyword]: value })),
        ['SCHEMA_INVALID', `/properties/value/${keyword}`],
        keyword,
      );
    }
  });

  it('takes annotations, the common ones and any that starts with "x-", and passes none on', () => {
    const notes = { title: 't', examples: [1], deprecated: true, 'x-order': 1, enumNames: ['a'], $comment: 'c' };
    const { schema } = readSchema(valueSchema({ ...notes, type: 'string' }), 'input');
    assert.deepEqual(schema, { type: 'object', properties: { value: { type: 'string' } } });
    assert.doesNotThrow(() => readSchema(objectSchema({ properties: { 'x-mcp-header': {} } }), 'input'));
  });

  it('understands 2020-12 and draft-07 only', () => {
    const dialect = (uri: string): string => objectSchema({ $schema: uri });
    assert.doesNotThrow(() => readSchema(dialect('https://json-schema.org/draft/2020-12/schema'), 'input'));
    assert.doesNotThrow(() => readSchema(dialect('http://json-schema.org/draft-07/schema#'), 'input'));
    assert.deepEqual(refusal(dialect('http://json-schema.org/draft-04/schema#')), ['SCHEMA_INVALID', '/$schema']);
    assert.deepEqual(refusal(dialect('https://example.com/dialect')), ['SCHEMA_INVALID', '/$schema']);
  });

  it('refuses "__proto__" where generated code would misread it', () => {
    const proto = JSON.parse('{"__proto__": ["a"]}') as object;
    assert.deepEqual(refusal(valueSchema({ const: proto })), ['SCHEMA_INVALID', '/properties/value/const']);
    assert.deepEqual(refusal(valueSchema({ enum: [[proto]] })), ['SCHEMA_INVALID', '/properties/value/enum']);
    assert.deepEqual(refusal(objectSchema({ dependentRequired: proto })), ['SCHEMA_INVALID', '/dependentRequired']);
  });
});
