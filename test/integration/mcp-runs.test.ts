// What becomes of a run whose client watches, leaves, or is left.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { LOCAL_PRINCIPAL } from '#host/base';
import { APP_HOST } from '../fixtures/mcp/app-host.ts';
import { NEWER, OLDER } from '../fixtures/mcp/clients.ts';
import { HALF_A_SECOND, STEPS } from '../fixtures/mcp/fixture-tools.ts';
import type { TestDoorOptions } from '../fixtures/mcp/http-door.ts';
import { UNJAILED_HOST } from '../fixtures/mcp/unjailed-host.ts';
import { newerRequest, olderRequest, openSession, post } from '../fixtures/mcp/raw-http.ts';
import { openStage, type Stage } from '../fixtures/mcp/stage.ts';
import type { TestHost, TestHostKind } from '../fixtures/mcp/test-host.ts';
import { until } from '../fixtures/mcp/until.ts';

const HOSTS: readonly TestHostKind[] = [UNJAILED_HOST, APP_HOST];

interface StreamedMessage {
  readonly params?: unknown;
  readonly result?: { readonly structuredContent: unknown };
}

for (const kind of HOSTS) {
  const stage = (options?: TestDoorOptions): Promise<Stage> => openStage(kind, options);

  describe(`Runs over HTTP, host ${kind.name}: progress`, () => {
    for (const era of ['2026-07-28', '2025-11-25']) {
      // Proves mcp.progress.
      it(`that gets further is streamed before the result, era ${era}`, async () => {
        await using on = await stage();
        await on.host.publish(STEPS);
        const params = { name: 'steps', arguments: {}, _meta: { progressToken: 'p' } };
        const request =
          era === '2026-07-28'
            ? newerRequest('tools/call', params)
            : olderRequest(await openSession(on.door.mcpUrl), 'tools/call', params);
        const response = await post(on.door.mcpUrl, request);
        assert.equal(response.headers.get('content-type'), 'text/event-stream');
        const lines = (await response.text()).split('\n').filter((line) => /^data: ./.test(line));
        const messages = lines.map((line) => JSON.parse(line.slice('data: '.length)) as StreamedMessage);
        assert.deepEqual(
          messages.map(({ params: progress, result }) => progress ?? result?.structuredContent),
          [
            { progressToken: 'p', progress: 0.25, total: 1, message: 'first' },
            { progressToken: 'p', progress: 0.5, total: 1, message: 'second' },
            { progressToken: 'p', progress: 1, total: 1, message: 'third' },
            { steps: 3 },
          ],
        );
      });
    }
  });

  describe(`Runs over HTTP, host ${kind.name}: clients that leave`, () => {
    for (const era of ['2026-07-28', '2025-11-25']) {
      // Proves mcp.disconnect.
      it(`stop their run, era ${era}`, async () => {
        await using on = await stage({ mcp: { resumeGraceMs: 100 } });
        const leave = new AbortController();
        const params = { name: 'endless', arguments: {}, _meta: { progressToken: 'p' } };
        const request =
          era === '2026-07-28'
            ? newerRequest('tools/call', params)
            : olderRequest(await openSession(on.door.mcpUrl), 'tools/call', params);
        const response = await post(on.door.mcpUrl, { ...request, signal: leave.signal });
        await untilStreamed(response, 'started');
        leave.abort();
        await until('the run to be stopped', () => stoppedRuns(on.host, 1));
      });
    }

    it('stop their run before a byte of its answer was written', async () => {
      await using on = await stage({ mcp: { maxCalls: 1 } });
      const leave = new AbortController();
      const call = post(on.door.mcpUrl, { ...newerRequest('tools/call', { name: 'endless' }), signal: leave.signal });
      const echo = newerRequest('tools/call', { name: 'echo', arguments: { text: 'a' } });
      await until('the run to start', async () => (await post(on.door.mcpUrl, echo)).status === 503);
      leave.abort();
      await assert.rejects(call);
      await until('the run to be stopped', () => stoppedRuns(on.host, 1));
    });

    it('stop their run by notifications/cancelled in a session, whose stream then ends', async () => {
      await using on = await stage();
      const session = await openSession(on.door.mcpUrl);
      const response = await post(on.door.mcpUrl, olderRequest(session, 'tools/call', { name: 'endless' }, 9));
      const cancelled = { jsonrpc: '2.0', method: 'notifications/cancelled', params: { requestId: 9 } };
      const { headers = {} } = olderRequest(session, '');
      assert.equal((await post(on.door.mcpUrl, { headers, body: cancelled })).status, 202);
      await until('the run to be stopped', () => stoppedRuns(on.host, 1));
      assert.doesNotMatch(await response.text(), /^data: ./m);
    });
  });

  describe(`Runs over HTTP, host ${kind.name}: closing`, () => {
    it('lets a running call finish within the deadline and answers it', async () => {
      await using on = await stage();
      await on.host.publish(HALF_A_SECOND);
      await using client = await NEWER.connect({ url: on.door.mcpUrl });
      const { promise: started, resolve } = Promise.withResolvers<void>();
      const call = client.callTool('half_a_second', {}, { onprogress: () => resolve() });
      await started;
      const closed = on.door.close(5000);
      await assert.rejects(fetch(`${on.door.url}/healthz`));
      assert.deepEqual((await call).structuredContent, { waited: true });
      await closed;
    });

    it('stops what runs past the deadline, and ends every stream', async () => {
      await using on = await stage();
      await using newer = await NEWER.connect({ url: on.door.mcpUrl }, () => undefined);
      await using older = await OLDER.connect({ url: on.door.mcpUrl }, () => undefined);
      const ended: unknown[] = [];
      for (const client of [newer, older]) {
        const { promise: started, resolve } = Promise.withResolvers<void>();
        client.callTool('endless', {}, { onprogress: () => resolve() }).then(
          (result) => ended.push(result),
          (error: unknown) => ended.push(error),
        );
        await started;
      }
      await on.door.close(50);
      assert.equal(await stoppedRuns(on.host, 2), true);
      await until('both calls to end', () => ended.length === 2);
    });
  });
}

/** Reads a stream until it has said something. */
async function untilStreamed(response: Response, text: string): Promise<void> {
  const decoder = new TextDecoder();
  const reader: ReadableStreamDefaultReader<Uint8Array> = response.body!.getReader();
  for (let seen = ''; !seen.includes(text);) seen += decoder.decode((await reader.read()).value, { stream: true });
}

async function stoppedRuns(host: TestHost, count: number): Promise<boolean> {
  const runs = await host.parts.ledger.runs(LOCAL_PRINCIPAL.tenant, { tool: 'endless' });
  return runs.filter(({ failure }) => failure?.code === 'RUN_CANCELLED').length === count;
}
