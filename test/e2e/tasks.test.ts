// Tasks of a server that is killed, or told to stop, as its clients see them from the next one.

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { sourceOf } from '../fixtures/calling/stage.ts';
import { startServer } from '../fixtures/cli/run-bin.ts';
import { createWorkplace, type RunsDocument } from '../fixtures/e2e/workplace.ts';
import { newerRequest, post } from '../fixtures/mcp/raw-http.ts';
import { until } from '../fixtures/mcp/until.ts';

const CLIENT = {
  'io.modelcontextprotocol/clientCapabilities': {
    elicitation: {},
    extensions: { 'io.modelcontextprotocol/tasks': {} },
  },
};
/** Name → what the tool does. */
const TOOLS = {
  endless: 'await host.sleep(600_000); return {};',
  quick: 'return { done: true };',
  asking: `return await host.ask({ key: 'sure', message: 'Sure?', schema: { type: 'object', properties: {} } });`,
};

interface TaskReply {
  readonly taskId: string;
  readonly status: string;
  readonly result?: { readonly structuredContent: unknown };
  readonly error?: { readonly data: { readonly code: string } };
  readonly inputRequests?: object;
}

async function ask(url: string, method: string, params: object): Promise<TaskReply> {
  const sent = newerRequest(method, { ...params, _meta: CLIENT });
  const { taskId } = params as { readonly taskId?: string };
  const named = taskId === undefined ? sent : { ...sent, headers: { ...sent.headers, 'mcp-name': taskId } };
  const { result } = (await (await post(url, named)).json()) as { readonly result: TaskReply };
  return result;
}

async function start(url: string, name: string): Promise<string> {
  const { status, taskId } = await ask(url, 'tools/call', { name, arguments: {} });
  assert.equal(status, 'working');
  return taskId;
}

/** The task once it has another status than `working`. */
function settled(url: string, taskId: string): Promise<TaskReply> {
  return until('another status', async () => {
    const task = await ask(url, 'tasks/get', { taskId });
    return task.status === 'working' ? undefined : task;
  });
}

describe('tasks of a server', () => {
  const place = createWorkplace({ GLOVEBOX_DRAIN_MS: '500' });
  after(() => place[Symbol.dispose]());
  before(async () => {
    for (const [name, body] of Object.entries(TOOLS)) {
      const manifest = {
        name,
        description: 'For a test.',
        inputSchema: { type: 'object' },
        grants: name === 'asking' ? { 'client.ask': true } : {},
        task: { support: 'required', from: 'start' },
        limits: { taskMs: 600_000 },
      };
      const source = join(place.cwd, `${name}.ts`);
      writeFileSync(source, sourceOf(body));
      await place.answer(['create', source, '--manifest', JSON.stringify(manifest)]);
    }
  });

  it('tell the truth after kill -9, from the server that is started then', { timeout: 60_000 }, async () => {
    using server = await startServer(place);
    const { url } = server;
    const [endless, quick, asking] = [
      await start(url, 'endless'),
      await start(url, 'quick'),
      await start(url, 'asking'),
    ];
    await settled(url, quick);
    await settled(url, asking);
    const exited = once(server.child, 'exit');
    process.kill(server.pid, 'SIGKILL');
    await exited;

    using restarted = await startServer(place);
    const now = restarted.url;
    assert.deepEqual((await settled(now, quick)).result?.structuredContent, { done: true });
    assert.deepEqual(Object.keys((await settled(now, asking)).inputRequests ?? {}), ['sure']);
    const failed = await settled(now, endless);
    assert.deepEqual([failed.status, failed.error?.data.code], ['failed', 'RUN_INTERRUPTED']);
    await ask(now, 'tasks/update', { taskId: asking, inputResponses: { sure: { action: 'decline' } } });
    assert.deepEqual((await settled(now, asking)).result?.structuredContent, { action: 'decline' });
    const { runs } = await place.answer<RunsDocument>(['runs']);
    const verdicts = runs.map(({ tool, verdict }) => `${tool} ${verdict}`);
    assert.deepEqual(verdicts.toSorted(), ['asking ok', 'asking suspended', 'quick ok']);
  });

  it('are failed when the server is told to stop and they take too long', { timeout: 60_000 }, async () => {
    using server = await startServer(place);
    const endless = await start(server.url, 'endless');
    const exited = once(server.child, 'exit');
    process.kill(server.pid, 'SIGTERM');
    assert.deepEqual((await exited)[0], 0);

    using restarted = await startServer(place);
    // Said when it stopped: nobody has to wait for a lease.
    const { status, error } = await ask(restarted.url, 'tasks/get', { taskId: endless });
    assert.deepEqual([status, error?.data.code], ['failed', 'RUN_INTERRUPTED']);
  });
});
