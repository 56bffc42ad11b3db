import assert from 'node:assert/strict';
import { setImmediate as turn } from 'node:timers/promises';
import { describe, it } from 'node:test';
import type { ServerContext } from '@modelcontextprotocol/server';
import { createCallEvents } from '../../../../../host/doors/mcp/call-events.ts';

/** A request whose transport takes its time with everything it is handed. */
function slowRequest(more: object = {}) {
  const handed: string[] = [];
  const hand = async (what: string): Promise<void> => {
    await turn();
    handed.push(what);
  };
  const context = {
    mcpReq: {
      _meta: { progressToken: 'p' },
      signal: new AbortController().signal,
      notify: ({ params }: { params: { progress: number } }) => hand(`progress ${params.progress}`),
      log: (level: string, text: string, logger: string) => hand(`${level} ${logger}: ${text}`),
      ...more,
    },
  } as unknown as ServerContext;
  return { context, handed };
}

describe('createCallEvents', () => {
  it('hands events over in their order, and has sent them when it says so', async () => {
    const { context, handed } = slowRequest();
    const { listeners, sent } = createCallEvents(context, 'older', 'echo');
    listeners.onProgress?.({ ratio: 0.1 });
    listeners.onLog?.({ level: 'warn', text: 'careful' });
    listeners.onProgress?.({ ratio: 0.2 });
    assert.deepEqual(handed, []);
    await sent();
    assert.deepEqual(handed, ['progress 0.1', 'warning echo: careful', 'progress 0.2']);
  });

  it('lets progress only grow, over all rounds of one request', async () => {
    const { context, handed } = slowRequest();
    for (const ratios of [
      [0.1, 0.5, 0.5, Number.NaN],
      [0.2, 0.6],
    ]) {
      const { listeners, sent } = createCallEvents(context, 'older', 'echo');
      for (const ratio of ratios) listeners.onProgress?.({ ratio });
      await sent();
    }
    assert.deepEqual(handed, ['progress 0.1', 'progress 0.5', 'progress 0.6']);
  });

  it('listens to nothing its client does not want to hear', () => {
    const silent = slowRequest({ _meta: {} }).context;
    assert.deepEqual(createCallEvents(silent, 'newer', 'echo').listeners, {});
    const wants = slowRequest({ _meta: {}, envelope: { 'io.modelcontextprotocol/logLevel': 'info' } }).context;
    assert.deepEqual(Object.keys(createCallEvents(wants, 'newer', 'echo').listeners), ['onLog']);
  });

  it('is not harmed by a transport that fails, and silent once its request is cancelled', async () => {
    const cancel = new AbortController();
    const { context, handed } = slowRequest({
      signal: cancel.signal,
      notify: async () => {
        throw new Error('gone');
      },
    });
    const { listeners, sent } = createCallEvents(context, 'older', 'echo');
    listeners.onProgress?.({ ratio: 0.1 });
    listeners.onLog?.({ level: 'info', text: 'one' });
    await sent();
    cancel.abort();
    listeners.onLog?.({ level: 'info', text: 'two' });
    await sent();
    assert.deepEqual(handed, ['info echo: one']);
  });
});
