// Handles of long calls, in the words of the tasks extension, over HTTP and stdio.

import assert from 'node:assert/strict';
import { PassThrough } from 'node:stream';
import { after, before, describe, it } from 'node:test';
import { LOCAL_PRINCIPAL } from '#host/base';
import { createMcpBackend, serveStdio } from '#host/doors/mcp';
import { OLDER } from '../fixtures/mcp/clients.ts';
import { ECHO, SLOW, TASK_ONLY, type FixtureTool } from '../fixtures/mcp/fixture-tools.ts';
import { createTestLog, openTestDoor, type TestDoor } from '../fixtures/mcp/http-door.ts';
import { newerRequest, post, rpcError, type RawPost } from '../fixtures/mcp/raw-http.ts';
import type { TestHost } from '../fixtures/mcp/test-host.ts';
import { openUnjailedHost } from '../fixtures/mcp/unjailed-host.ts';
import { until } from '../fixtures/mcp/until.ts';

const TASKS = 'io.modelcontextprotocol/tasks';
const ABLE = { 'io.modelcontextprotocol/clientCapabilities': { elicitation: {}, extensions: { [TASKS]: {} } } };
const ANSWER = { action: 'accept', content: { name: 'Ada' } };

/** Fails as a host does. */
const INTERRUPTED: FixtureTool = {
  ...SLOW,
  manifest: { ...SLOW.manifest, name: 'interrupted' },
  async run() {
    const failure = {
      code: 'RUN_INTERRUPTED',
      kind: 'unavailable',
      fault: 'host',
      message: 'the host went away',
    } as const;
    return { failure };
  },
};

let host: TestHost;
let door: TestDoor;
before(async () => {
  host = await openUnjailedHost();
  for (const tool of [ECHO, SLOW, TASK_ONLY, INTERRUPTED]) await host.publish(tool);
  door = await openTestDoor(host);
});
after(async () => {
  await door.close(0);
  await host[Symbol.asyncDispose]();
});

type Reply = Readonly<Record<string, unknown>>;

function request(method: string, params: object, meta: object = ABLE): RawPost {
  const sent = newerRequest(method, { ...params, _meta: meta });
  const { taskId } = params as { readonly taskId?: string };
  return taskId === undefined ? sent : { ...sent, headers: { ...sent.headers, 'mcp-name': taskId } };
}

async function ask(method: string, params: object): Promise<Reply> {
  const response = await post(door.mcpUrl, request(method, params));
  const { result } = (await response.json()) as { readonly result: Reply };
  assert.notEqual(result, undefined, `${method}: HTTP ${response.status}`);
  return result;
}

async function start(name: string, args: object = {}): Promise<Reply & { readonly taskId: string }> {
  return (await ask('tools/call', { name, arguments: args })) as Reply & { readonly taskId: string };
}

describe('A call that becomes a task', () => {
  // Proves mcp.tasks.
  it('is answered with a handle, which says how the call ended', async () => {
    const { taskId, createdAt, lastUpdatedAt, ttlMs, pollIntervalMs, ...created } = await start('slow', { ms: 50 });
    assert.deepEqual([created['resultType'], created['status']], ['task', 'working']);
    for (const time of [createdAt, lastUpdatedAt]) assert.equal(new Date(String(time)).toISOString(), time);
    for (const span of [ttlMs, pollIntervalMs]) assert.ok(Number.isInteger(span) && Number(span) > 0);
    assert.deepEqual(
      ['result', 'error', 'inputRequests', 'requestState', 'task', 'ttl'].filter((key) => key in created),
      [],
    );
    const done = await until('the end', async () => {
      const task = await ask('tasks/get', { taskId });
      return task['status'] === 'completed' ? task : undefined;
    });
    assert.equal(done['resultType'], 'complete');
    assert.deepEqual((done['result'] as Reply)['content'], [{ type: 'text', text: 'at last' }]);
  });

  it('asks by its handle, and takes answers one by one', async () => {
    const { taskId } = await start('task_only');
    const open = async (): Promise<readonly string[]> => {
      const task = await ask('tasks/get', { taskId });
      return task['status'] === 'input_required' ? Object.keys(task['inputRequests'] as object) : [];
    };
    await until('the questions', async () => (await open()).length === 2);
    const ack = await ask('tasks/update', { taskId, inputResponses: { first: ANSWER, nonsense: {} } });
    assert.equal(ack['resultType'], 'complete');
    assert.deepEqual(Object.keys(ack).toSorted(), ['_meta', 'resultType']);
    assert.deepEqual(await open(), ['second']);
    await ask('tasks/update', { taskId, inputResponses: { second: ANSWER } });
    const task = await ask('tasks/get', { taskId });
    assert.equal(task['status'], 'completed');
  });

  it('is cancelled by its handle, again and again', async () => {
    const { taskId } = await start('slow', { ms: 20_000 });
    for (let times = 0; times < 2; times += 1) {
      const ack = await ask('tasks/cancel', { taskId });
      assert.deepEqual(Object.keys(ack).toSorted(), ['_meta', 'resultType']);
    }
    assert.equal((await ask('tasks/get', { taskId }))['status'], 'cancelled');
  });

  it('that the host fails is failed, with a JSON-RPC error', async () => {
    const { taskId } = await start('interrupted');
    const task = await until('the end', async () => {
      const found = await ask('tasks/get', { taskId });
      return found['status'] === 'failed' ? found : undefined;
    });
    const { code, data } = task['error'] as { readonly code: number; readonly data: Reply };
    assert.deepEqual([code, data['code']], [-32_000, 'RUN_INTERRUPTED']);
    assert.equal('result' in task, false);
  });
});

describe('A client without tasks', () => {
  const refused = [
    ['tools/call', { name: 'task_only' }],
    ['tasks/get', { taskId: 'x' }],
    ['tasks/update', { taskId: 'x', inputResponses: {} }],
    ['tasks/cancel', { taskId: 'x' }],
  ] as const;
  for (const [method, params] of refused.slice(1)) {
    it(`is refused ${method} with -32021`, async () => {
      const response = await post(door.mcpUrl, request(method, params, {}));
      assert.equal(response.status, 400);
      const { code, data } = await rpcError(response);
      assert.equal(code, -32_021);
      const { requiredCapabilities } = data as unknown as { readonly requiredCapabilities: object };
      assert.deepEqual(requiredCapabilities, { extensions: { [TASKS]: {} } });
    });
  }

  it('has a call that may be one answered within its request', async () => {
    const response = await post(door.mcpUrl, request('tools/call', { name: 'slow', arguments: { ms: 0 } }, {}));
    const { result } = (await response.json()) as { readonly result: Reply };
    assert.deepEqual([result['resultType'], 'taskId' in result], ['complete', false]);
  });

  it('of the older era sees nothing of them', async () => {
    await using client = await OLDER.connect({ url: door.mcpUrl });
    assert.equal('extensions' in (client.capabilities as object), false);
    assert.deepEqual((await client.callTool('slow', { ms: 0 })).content, [{ type: 'text', text: 'at last' }]);
  });
});

describe('Handles', () => {
  it('that are none are -32602 with TASK_NOT_FOUND', async () => {
    for (const method of ['tasks/get', 'tasks/update', 'tasks/cancel']) {
      const { code, data } = await rpcError(await post(door.mcpUrl, request(method, { taskId: 'task_0' })));
      assert.deepEqual([code, data.code], [-32_602, 'TASK_NOT_FOUND'], method);
    }
  });

  it('that are no text are -32602', async () => {
    const response = await post(door.mcpUrl, request('tasks/get', { taskId: 7 }));
    assert.equal((await rpcError(response)).code, -32_602);
  });

  it('have to be named in Mcp-Name', async () => {
    const { taskId } = await start('slow', { ms: 0 });
    const { body, headers } = request('tasks/get', { taskId });
    for (const name of [undefined, 'task_other']) {
      const { 'mcp-name': _name, ...rest } = headers as Record<string, string>;
      const sent = { body, headers: name === undefined ? rest : { ...rest, 'mcp-name': name } };
      const response = await post(door.mcpUrl, sent);
      assert.deepEqual([response.status, (await rpcError(response)).code], [400, -32_020]);
    }
  });

  for (const method of ['tasks/list', 'tasks/result']) {
    it(`know no ${method}`, async () => {
      const response = await post(door.mcpUrl, request(method, { taskId: 'x' }));
      assert.deepEqual([response.status, (await rpcError(response)).code], [404, -32_601]);
    });
  }
});

describe('Tasks on stdio', () => {
  it('are started, asked for and cancelled like over HTTP', async () => {
    const stdin = new PassThrough();
    const stdout = new PassThrough();
    let written = '';
    stdout.on('data', (part: Buffer) => (written += part.toString()));
    const log = createTestLog([]);
    const backend = createMcpBackend({ ...host.parts, version: '0', log });
    const served = serveStdio({
      backend,
      principal: LOCAL_PRINCIPAL,
      stdin,
      stdout,
      signal: new AbortController().signal,
      log,
    });
    const send = async (id: number, method: string, params: object): Promise<Reply> => {
      stdin.write(`${JSON.stringify({ ...(request(method, params).body as object), id })}\n`);
      return until(method, () => {
        const line = written.split('\n').find((text) => text.includes(`"id":${id}`));
        return line === undefined ? undefined : (JSON.parse(line) as { readonly result: Reply }).result;
      });
    };
    const { taskId } = await send(1, 'tools/call', { name: 'slow', arguments: { ms: 20_000 } });
    assert.equal((await send(2, 'tasks/get', { taskId }))['status'], 'working');
    await send(3, 'tasks/cancel', { taskId });
    assert.equal((await send(4, 'tasks/get', { taskId }))['status'], 'cancelled');
    stdin.end();
    await served;
  });
});
