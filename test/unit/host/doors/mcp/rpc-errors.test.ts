import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { hostError, hostFailure } from '#host/base';
import { sandboxFailure } from '#sandbox';
import { answered, rpcErrorOf } from '../../../../../host/doors/mcp/rpc-errors.ts';
import { createTestLog } from '../../../../fixtures/mcp/http-door.ts';

describe('rpcErrorOf', () => {
  for (const [failure, code] of [
    [hostFailure('PROMPT_NOT_FOUND', ''), -32_602],
    [hostFailure('RESOURCE_NOT_FOUND', ''), -32_602],
    [hostFailure('REQUEST_STATE_INVALID', ''), -32_602],
    [sandboxFailure('INPUT_INVALID', ''), -32_602],
    [hostFailure('CLIENT_UNSUPPORTED', ''), -32_021],
    [sandboxFailure('HOST_BUSY', ''), -32_000],
    [hostFailure('STORE_FAILED', ''), -32_000],
    [sandboxFailure('TOOL_THREW', ''), -32_603],
    [sandboxFailure('LIMIT_CPU', ''), -32_603],
    [hostFailure('INTERNAL', ''), -32_603],
  ] as const) {
    it(`says ${failure.code} as ${code}`, () => {
      assert.equal(rpcErrorOf(failure).code, code);
    });
  }

  it('carries the failure beside its data, which cannot replace it', () => {
    const { data } = rpcErrorOf(hostFailure('RESOURCE_NOT_FOUND', 'none', { uri: 'a:b', code: 'other' }));
    assert.deepEqual(data, { uri: 'a:b', code: 'RESOURCE_NOT_FOUND', kind: 'missing', fault: 'caller' });
  });
});

describe('answered', () => {
  it('throws a coded failure as a JSON-RPC error', async () => {
    const fail = async (): Promise<never> => {
      throw hostError('TASK_NOT_FOUND', 'there is none');
    };
    await assert.rejects(answered(createTestLog([]), fail), { code: -32_602, message: 'there is none' });
  });

  it('tells a client nothing of an error without a code, and the log', async () => {
    const logged: string[] = [];
    const fail = async (): Promise<never> => {
      throw new Error('at /secret/path');
    };
    await assert.rejects(answered(createTestLog(logged), fail), { code: -32_603, message: 'Internal error' });
    assert.equal(logged.length, 1);
  });
});
