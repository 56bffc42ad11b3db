import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { readSchema } from '../../../../../sandbox/guest/schema/bounds.ts';
import { compileInput, objectSchema, refusalOf, valueSchema } from './schemas.ts';

const region = { type: 'string', 'x-mcp-header': 'Region' };

function isTaken(properties: object): boolean {
  return readSchema(objectSchema({ properties }), 'input').role === 'input';
}

function refusal(text: string, role: 'input' | 'output' | 'context' = 'input'): readonly [string, unknown] {
  const { code, data } = refusalOf(() => readSchema(text, role));
  return [code, (data as { path: string }).path];
}

// Proves mcp.parameter-headers.
describe('checkParameterHeader', () => {
  it('takes strings, integers and booleans at the top of an input schema', () => {
    for (const type of ['string', 'integer', 'boolean']) assert.ok(isTaken({ a: { ...region, type } }), type);
  });

  it('takes every character of a token, and properties of any name', () => {
    assert.ok(isTaken({ a: { type: 'string', 'x-mcp-header': "!#$%&'*+-.^_`|~09azAZ" } }));
    assert.ok(isTaken({ 'a/b': region, '': { ...region, 'x-mcp-header': 'Empty' } }));
  });

  it('leaves the value to its own schema', () => {
    const input = compileInput(valueSchema({ ...region, minLength: 2 }));
    assert.equal(input('{"value":"eu"}'), '');
    assert.notEqual(input('{"value":"e"}'), '');
  });

  it('refuses types that have more than one spelling, or none', () => {
    for (const type of ['number', 'object', 'array', 'null', ['string'], ['string', 'null']]) {
      assert.deepEqual(
        refusal(valueSchema({ ...region, type })),
        ['SCHEMA_HEADER_UNSUPPORTED', '/properties/value/x-mcp-header'],
        String(type),
      );
    }
    assert.equal(refusal(valueSchema({ 'x-mcp-header': 'Region' }))[0], 'SCHEMA_HEADER_UNSUPPORTED');
  });

  it('refuses what is no header name', () => {
    for (const name of ['', ' ', 'a b', 'a:b', 'a\r\nb', 'é', 'a\u0000', '(a)', 'a'.repeat(129), 1, null, ['Region']]) {
      assert.equal(
        refusal(valueSchema({ type: 'string', 'x-mcp-header': name }))[0],
        'SCHEMA_HEADER_UNSUPPORTED',
        JSON.stringify(name),
      );
    }
  });

  it('refuses a name that two properties have, case aside', () => {
    const properties = { a: region, b: { type: 'boolean', 'x-mcp-header': 'REGION' } };
    assert.deepEqual(refusal(objectSchema({ properties })), [
      'SCHEMA_HEADER_UNSUPPORTED',
      '/properties/b/x-mcp-header',
    ]);
  });

  it('refuses every other place', () => {
    const places = {
      'x-mcp-header': 'Region',
      items: region,
      $defs: { a: region },
      allOf: [{ properties: { a: region } }],
      if: { properties: { a: region } },
      additionalProperties: region,
      patternProperties: { a: region },
      dependentSchemas: { a: { properties: { a: region } } },
      properties: { a: { type: 'object', properties: { b: region } } },
    };
    for (const [keyword, value] of Object.entries(places)) {
      assert.equal(refusal(objectSchema({ [keyword]: value }))[0], 'SCHEMA_HEADER_UNSUPPORTED', keyword);
    }
  });

  it('refuses it in schemas whose values no client sends', () => {
    assert.equal(refusal(valueSchema(region), 'output')[0], 'SCHEMA_HEADER_UNSUPPORTED');
    assert.equal(refusal(valueSchema(region), 'context')[0], 'SCHEMA_HEADER_UNSUPPORTED');
  });
});
