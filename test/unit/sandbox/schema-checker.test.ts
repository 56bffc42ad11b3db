import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { createSchemaChecker, type JsonSchema, type SchemaVerdict } from '#sandbox';

const SCHEMA: JsonSchema = {
  type: 'object',
  properties: {
    name: { type: 'string', pattern: '^[a-z_]+$' },
    kind: { enum: ['a', 'b'] },
    list: { type: 'array', items: { type: 'number' } },
  },
  required: ['name'],
  additionalProperties: false,
};

function pathsOf(verdict: SchemaVerdict): readonly string[] {
  return verdict.ok ? [] : verdict.errors.map(({ path }) => path);
}

describe('createSchemaChecker', () => {
  const check = createSchemaChecker(SCHEMA);

  it('accepts what fits', () => {
    assert.deepEqual(check({ name: 'a_b', kind: 'a', list: [1] }), { ok: true });
  });

  it('names the path of what does not fit', () => {
    assert.deepEqual(pathsOf(check({ name: 'A' })), ['/name']);
    assert.deepEqual(pathsOf(check({ name: 'a', list: [1, 'x'] })), ['/list/1']);
    assert.deepEqual(pathsOf(check(undefined)), ['']);
  });

  it('names unknown properties, inherited names included, and what is allowed', () => {
    const messageFor = (value: unknown): string => {
      const verdict = check(value);
      return verdict.ok ? '' : (verdict.errors[0]?.message ?? '');
    };
    assert.match(messageFor({ name: 'a', nam: 1 }), /"nam"/);
    assert.match(messageFor(JSON.parse('{"name": "a", "__proto__": 1}')), /"__proto__"/);
    assert.match(messageFor({ name: 'a', kind: 'c' }), /\["a","b"\]/);
    assert.deepEqual(pathsOf(createSchemaChecker({ type: 'object', required: ['constructor'] })({})), ['']);
  });

  it('stops at the first problem of a hostile list', () => {
    const verdict = check({ name: 'a', list: Array(100_000).fill('x') });
    assert.equal(pathsOf(verdict).length, 1);
  });

  it('compiles on first use, and refuses a schema with a typo then', () => {
    const misspelled = createSchemaChecker({ type: 'object', requird: ['a'] });
    assert.throws(() => misspelled({}), /requird/);
  });
});
