import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { headerMismatch, headerParametersOf } from '../../../../../host/doors/mcp/param-headers.ts';

const SCHEMA = {
  type: 'object',
  properties: {
    region: { type: 'string', 'x-mcp-header': 'Region' },
    shard: { type: 'integer', 'x-mcp-header': 'Shard' },
    dry: { type: 'boolean', 'x-mcp-header': 'Dry' },
    plain: { type: 'string' },
    anything: true,
  },
};

describe('headerParametersOf', () => {
  it('finds the arguments that say so, once per schema', () => {
    assert.deepEqual(headerParametersOf(SCHEMA), [
      { argument: 'region', header: 'Mcp-Param-Region', isInteger: false },
      { argument: 'shard', header: 'Mcp-Param-Shard', isInteger: true },
      { argument: 'dry', header: 'Mcp-Param-Dry', isInteger: false },
    ]);
    assert.equal(headerParametersOf(SCHEMA), headerParametersOf(SCHEMA));
  });

  for (const schema of [{}, { properties: null }, { properties: { a: { type: 'string' } } }]) {
    it(`finds none in ${JSON.stringify(schema)}`, () => {
      assert.deepEqual(headerParametersOf(schema), []);
    });
  }
});

describe('headerMismatch', () => {
  const parameters = headerParametersOf(SCHEMA);
  const check = (args: unknown, headers: Record<string, string>) =>
    headerMismatch(parameters, args, new Headers(headers));

  it('compares booleans as JSON writes them', () => {
    assert.equal(check({ dry: true }, { 'mcp-param-dry': 'true' }), undefined);
    assert.equal(check({ dry: true }, { 'mcp-param-dry': 'TRUE' })?.code, 'HEADER_MISMATCH');
  });

  it('names the header and the argument', () => {
    assert.deepEqual(check({ region: 'eu' }, {})?.data, { header: 'Mcp-Param-Region', argument: 'region' });
  });

  it('keeps a byte order mark apart from its absence', () => {
    const marked = `=?base64?${Buffer.from('\uFEFFeu').toString('base64')}?=`;
    assert.equal(check({ region: 'eu' }, { 'mcp-param-region': marked })?.code, 'HEADER_MISMATCH');
    assert.equal(check({ region: '\uFEFFeu' }, { 'mcp-param-region': marked }), undefined);
  });

  for (const args of [undefined, null, 'text', 7, {}, { region: { nested: 1 } }, { toString: 'x' }]) {
    it(`expects nothing of ${JSON.stringify(args)}`, () => {
      assert.equal(check(args, {}), undefined);
    });
  }
});
