import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { hostError, LOCAL_PRINCIPAL } from '#host/base';
import type { Caller } from '#host/calling';
import { sandboxError, type Failure } from '#sandbox';
import { META_KEYS } from '../../../../../host/doors/mcp/meta-keys.ts';
import { callTool } from '../../../../../host/doors/mcp/tool-call.ts';
import type { MakerTool } from '../../../../../host/doors/mcp/maker-tools/define.ts';
import { createTestLog } from '../../../../fixtures/mcp/http-door.ts';

const CALL = {
  principal: LOCAL_PRINCIPAL,
  era: 'newer',
  client: { ask: false, sample: false, roots: false, tasks: false },
  args: {},
  signal: new AbortController().signal,
} as const;

function throwing(error: unknown, logged: string[] = []) {
  const fail = async (): Promise<never> => {
    throw error;
  };
  const caller = { converse: fail } as unknown as Caller;
  const makerTool: MakerTool = { listed: { name: 'maker', inputSchema: { type: 'object' } }, call: fail };
  return { caller, makerTools: new Map([['maker', makerTool]]), log: createTestLog(logged) };
}

function failureOf(result: Awaited<ReturnType<typeof callTool>>): Failure {
  return result._meta?.[META_KEYS.failure] as Failure;
}

describe('callTool', () => {
  for (const code of ['TOOL_NOT_FOUND', 'VERSION_NOT_FOUND'] as const) {
    it(`rejects with ${code} when the called tool is the one that is missing`, async () => {
      await assert.rejects(callTool({ ...CALL, name: 'other' }, throwing(hostError(code, 'none'))), { code });
    });

    it(`answers ${code} as a result when a maker tool did not find it`, async () => {
      const result = await callTool({ ...CALL, name: 'maker' }, throwing(hostError(code, 'none')));
      assert.equal(result.isError, true);
      assert.equal(failureOf(result).code, code);
    });
  }

  it('answers a busy host as a result, so that a model can wait and try again', async () => {
    const busy = sandboxError('HOST_BUSY', 'busy', { retryAfterMs: 500 });
    const result = await callTool({ ...CALL, name: 'other' }, throwing(busy));
    assert.equal(result.isError, true);
    assert.deepEqual(result._meta?.[META_KEYS.failure], {
      code: 'HOST_BUSY',
      kind: 'unavailable',
      fault: 'host',
      message: 'busy',
      data: { retryAfterMs: 500 },
    });
  });

  it('tells a client nothing of an error without a code, and the log everything', async () => {
    const logged: string[] = [];
    const result = await callTool({ ...CALL, name: 'other' }, throwing(new Error('at /secret/path'), logged));
    assert.equal(failureOf(result).code, 'INTERNAL');
    assert.doesNotMatch(JSON.stringify(result), /secret/);
    assert.equal(logged.length, 1);
  });

  it('never puts a failure into structuredContent', async () => {
    const report = [
      { step: 'find', ms: 1, verdict: 'ok' },
      { step: 'check', ms: 1, verdict: 'failed', detail: 'no' },
    ];
    const result = await callTool(
      { ...CALL, name: 'maker' },
      throwing(hostError('TEMPLATE_INVALID', 'bad', { report })),
    );
    assert.equal(result.structuredContent, undefined);
    assert.deepEqual(failureOf(result).data, { report });
    assert.match((result['content'] as { text: string }[])[0]!.text, /check: failed – no$/);
  });
});
