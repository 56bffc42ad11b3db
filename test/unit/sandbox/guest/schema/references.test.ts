import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { compileInput, firstError, objectSchema, refusalOf, valueSchema } from './schemas.ts';

function codeOf(schema: string): string {
  return refusalOf(() => compileInput(schema)).code;
}

describe('references of a schema', () => {
  it('may name a definition, an anchor, an id or the root', () => {
    const $defs = {
      a: { $id: 'other', $anchor: 'here', type: 'string' },
      'b/ c': { $anchor: 'there', type: 'string' },
    };
    for (const $ref of ['#/$defs/a', 'other', 'https://example.com/other#here', '#there', '#/$defs/b~1%20c']) {
      const input = compileInput(
        objectSchema({ $id: 'https://example.com/root', $defs, properties: { value: { $ref } } }),
      );
      assert.equal(firstError(input('{"value": 1}')), 'type at /value', $ref);
    }
    assert.equal(firstError(compileInput(valueSchema({ $ref: '#' }))('{"value": 1}')), 'type at /value');
  });

  it('are refused when they leave the document', () => {
    for (const $ref of [
      'https://example.com/a.json',
      'other.json',
      'file:///etc/passwd',
      '//host/a',
      'constructor',
      'http://json-schema.org/draft-07/schema#',
    ]) {
      assert.equal(codeOf(valueSchema({ $ref })), 'SCHEMA_REF_REMOTE', $ref);
    }
    assert.equal(codeOf(valueSchema({ $dynamicRef: 'https://example.com/a#b' })), 'SCHEMA_REF_REMOTE');
  });

  it('are refused when they name nothing', () => {
    for (const $ref of ['#/$defs/none', '#none', '#/properties', '#/type', '#/%']) {
      assert.equal(codeOf(valueSchema({ $ref })), 'SCHEMA_INVALID', $ref);
    }
  });

  it('are refused when they name what was not walked as a schema', () => {
    const hidden = { pattern: '^(a|a)*$', $anchor: 'hidden', $id: 'hidden' };
    for (const $ref of ['#/examples/0', '#/x-hidden', '#/const', '#/default', '#hidden']) {
      const schema = objectSchema({
        examples: [hidden],
        'x-hidden': hidden,
        const: hidden,
        default: hidden,
        properties: { value: { $ref } },
      });
      assert.equal(codeOf(schema), 'SCHEMA_INVALID', $ref);
    }
    assert.equal(
      codeOf(objectSchema({ 'x-hidden': hidden, properties: { value: { $ref: 'hidden' } } })),
      'SCHEMA_REF_REMOTE',
    );
  });

  it('are refused when ids are reserved, empty, used twice or the end of a comment', () => {
    for (const $id of ['constructor', '__proto__', '#', 'https://example.com/a#b', 'a/*/b', '*/return true;/*']) {
      assert.equal(codeOf(valueSchema({ $id })), 'SCHEMA_INVALID', $id);
    }
    assert.equal(codeOf(objectSchema({ $defs: { a: { $id: 'a' }, b: { $id: 'a' } } })), 'SCHEMA_INVALID');
    assert.equal(
      codeOf(objectSchema({ $defs: { a: { $anchor: 'a' }, b: { $anchor: 'a', type: 'null' } } })),
      'SCHEMA_INVALID',
    );
  });

  it('are refused when they lead nowhere but to each other', () => {
    assert.equal(
      codeOf(objectSchema({ $ref: '#/$defs/a', $defs: { a: { $ref: '#/$defs/b' }, b: { $ref: '#/$defs/a' } } })),
      'SCHEMA_INVALID',
    );
  });
});
