import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { messageFault } from '../../../../../host/doors/mcp/message-fault.ts';

const MOST = 'x'.repeat(256);

describe('messageFault', () => {
  for (const [what, message] of [
    ['a message', { jsonrpc: '2.0', id: MOST, params: { _meta: { progressToken: MOST } } }],
    ['a key within an argument', JSON.parse('{"params":{"arguments":{"a":{"__proto__":{}}}}}')],
    ['numbers', { id: 1, params: { _meta: { progressToken: 2 } } }],
    ['what is no message', null],
    ['parameters that are none', { id: 1, params: [], method: 'x'.repeat(9999) }],
  ] as const) {
    it(`finds nothing in ${what}`, () => {
      assert.equal(messageFault(message), undefined);
    });
  }

  for (const [what, message] of [
    ['a long id', { id: `${MOST}x` }],
    ['a long progress token', { id: 1, params: { _meta: { progressToken: `${MOST}x` } } }],
    ['an argument that the SDK would drop', JSON.parse('{"params":{"arguments":{"__proto__":{}}}}')],
    ['deep nesting', JSON.parse(`${'['.repeat(200)}${']'.repeat(200)}`)],
  ] as const) {
    it(`refuses ${what}`, () => {
      assert.equal(typeof messageFault(message), 'string');
    });
  }
});
