import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readMessage } from '../../../../../host/doors/mcp/read-message.ts';

const GOOD = { 'content-type': 'application/json; charset=utf-8', accept: 'text/event-stream, application/json' };

describe('readMessage', () => {
  it('gives the parsed body', () => {
    assert.deepEqual(readMessage(new Headers(GOOD), '{"a":1}'), { message: { a: 1 } });
  });

  for (const [what, headers, text, status, rpcCode] of [
    ['no content type', { accept: GOOD.accept }, '{}', 415, -32_000],
    ['a content type that only looks like JSON', { ...GOOD, 'content-type': 'application/jsonp' }, '{}', 415, -32_000],
    ['a compressed body', { ...GOOD, 'content-encoding': 'br' }, '{}', 415, -32_000],
    ['a client that takes no event stream', { ...GOOD, accept: 'application/json' }, '{}', 406, -32_000],
    ['text that is no JSON', GOOD, '{', 400, -32_700],
    ['what nests too deep', GOOD, `{"a":${'['.repeat(200)}${']'.repeat(200)}}`, 400, -32_600],
    ['a batch', GOOD, '[]', 400, -32_600],
  ] as const) {
    it(`refuses ${what} with ${status}`, () => {
      const inbound = readMessage(new Headers(headers), text);
      assert.ok('refusal' in inbound);
      assert.equal(inbound.refusal.status, status);
      assert.equal(inbound.refusal.rpcCode, rpcCode);
      assert.equal(inbound.refusal.failure.code, 'REQUEST_INVALID');
    });
  }
});
