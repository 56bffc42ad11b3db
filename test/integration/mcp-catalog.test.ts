// Prompts, resources, completion, subscriptions and logs over the wire, both eras.

import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { LOCAL_PRINCIPAL } from '#host/base';
import { META_KEYS } from '../../host/doors/mcp/meta-keys.ts';
import { CLIENTS, NEWER, OLDER, type ClientOptions } from '../fixtures/mcp/clients.ts';
import { FIXTURE_MOUNT } from '../fixtures/mcp/fixture-mount.ts';
import { LOGS } from '../fixtures/mcp/fixture-tools.ts';
import { openTestDoor, type TestDoor } from '../fixtures/mcp/http-door.ts';
import { newerRequest, olderRequest, openSession, post, rpcError } from '../fixtures/mcp/raw-http.ts';
import type { TestHost } from '../fixtures/mcp/test-host.ts';
import { openUnjailedHost } from '../fixtures/mcp/unjailed-host.ts';
import { until } from '../fixtures/mcp/until.ts';

const { tenant } = LOCAL_PRINCIPAL;

let host: TestHost;
let door: TestDoor;
before(async () => {
  host = await openUnjailedHost();
  host.parts.registry.mount(LOCAL_PRINCIPAL, FIXTURE_MOUNT);
  await host.publish(LOGS);
  door = await openTestDoor(host);
});
after(async () => {
  await door.close(0);
  await host[Symbol.asyncDispose]();
});

async function result(response: Response): Promise<Readonly<Record<string, unknown>>> {
  return ((await response.json()) as { result: Readonly<Record<string, unknown>> }).result;
}

function assertBilled(given: object): void {
  const { _meta: meta = {} } = given as { readonly _meta?: Readonly<Record<string, unknown>> };
  assert.match(String(meta[META_KEYS.run]), /^run_/);
  assert.equal(typeof (meta[META_KEYS.bill] as Readonly<Record<string, unknown>>)['cpuMs'], 'number');
}

for (const kind of CLIENTS) {
  const connect = (options: ClientOptions = {}) => kind.connect({ url: door.mcpUrl }, undefined, options);

  describe(`Prompts, client ${kind.name}`, () => {
    // Proves mcp.prompts.
    it('are listed and rendered', async () => {
      await using client = await connect();
      const { prompts } = await client.raw.listPrompts();
      assert.deepEqual(
        prompts.map(({ name }) => name),
        ['greet', 'interview'],
      );
      const rendered = await client.raw.getPrompt({ name: 'greet', arguments: { who: 'Ada' } });
      assert.equal(rendered.description, 'A greeting.');
      assert.deepEqual(rendered.messages, [{ role: 'user', content: { type: 'text', text: 'Greet Ada.' } }]);
      assertBilled(rendered);
    });

    it('may ask their client', async () => {
      await using client = await connect({ elicit: () => ({ action: 'accept', content: { topic: 'chess' } }) });
      const { messages } = await client.raw.getPrompt({ name: 'interview' });
      assert.deepEqual(messages, [{ role: 'user', content: { type: 'text', text: 'Ask me about chess.' } }]);
    });

    it('that do not exist are -32602 with PROMPT_NOT_FOUND', async () => {
      await using client = await connect();
      await assert.rejects(client.raw.getPrompt({ name: 'nobody' }), has(-32_602, 'PROMPT_NOT_FOUND'));
    });
  });

  describe(`Resources, client ${kind.name}`, () => {
    // Proves mcp.resources.
    it('are listed apart from their templates, and read', async () => {
      await using client = await connect();
      const { resources } = await client.raw.listResources();
      assert.deepEqual(
        resources.map(({ uri }) => uri),
        ['notes://all', 'notes://picture'],
      );
      const { resourceTemplates } = await client.raw.listResourceTemplates();
      assert.deepEqual(
        resourceTemplates.map(({ uriTemplate }) => uriTemplate),
        ['notes://by-id/{id}'],
      );
      const read = async (uri: string) => (await client.raw.readResource({ uri })).contents[0];
      assert.deepEqual(await read('notes://all'), { uri: 'notes://all', mimeType: 'text/plain', text: 'all notes' });
      const seven = 'notes://by-id/7';
      assert.deepEqual(await read(seven), { uri: seven, mimeType: 'text/plain', text: 'note 7' });
      assertBilled(await client.raw.readResource({ uri: seven }));
    });

    for (const uri of [
      'notes://nobody',
      'notes://by-id/../all',
      'notes://by-id/%2e%2e',
      'notes://by-id/a%2fb',
      'notes://by-id/',
      'file:///etc/passwd',
      `notes://by-id/${'x'.repeat(10_000)}`,
      'no uri at all',
    ]) {
      // Proves mcp.resource-walk.
      it(`answers ${uri.slice(0, 40)} with -32602 and RESOURCE_NOT_FOUND`, async () => {
        await using client = await connect();
        await assert.rejects(client.raw.readResource({ uri }), has(-32_602, 'RESOURCE_NOT_FOUND'));
      });
    }
  });

  describe(`Completion, client ${kind.name}`, () => {
    // Proves mcp.completion.
    it('offers what begins with what was typed', async () => {
      await using client = await connect();
      const ref = { type: 'ref/prompt', name: 'greet' };
      const { completion } = await client.raw.complete({ ref, argument: { name: 'who', value: 'a' } });
      assert.deepEqual(completion, { values: ['ada', 'alan'], total: 3, hasMore: false });
      const unknown = { ref: { type: 'ref/prompt', name: 'nobody' }, argument: { name: 'who', value: '' } };
      await assert.rejects(client.raw.complete(unknown), has(-32_602, 'PROMPT_NOT_FOUND'));
    });
  });

  describe(`Changes, client ${kind.name}`, () => {
    // Proves mcp.every-list-changed.
    it('of every list are told', async () => {
      const changed = new Set<string>();
      await using _client = await connect({ onChanged: (topic) => changed.add(topic) });
      const { registry } = host.parts;
      for (const [topic, name] of [
        ['prompts', 'greet'],
        ['resources', 'notes'],
      ] as const) {
        registry.setShown(tenant, topic, name, false);
        await until(topic, () => changed.has(topic));
        registry.setShown(tenant, topic, name, true);
      }
      assert.equal(changed.has('tools'), false);
    });
  });
}

describe('Subscriptions', () => {
  // Proves mcp.subscriptions.
  it('of the older era tell of one resource until they are given up', async () => {
    const updated: string[] = [];
    await using client = await OLDER.connect({ url: door.mcpUrl }, undefined, {
      onUpdated: (uri) => updated.push(uri),
    });
    await client.raw.subscribeResource({ uri: 'notes://all' });
    const { registry } = host.parts;
    for (let times = 0; times < 5; times += 1) registry.announceUpdate(tenant, 'notes://all');
    registry.announceUpdate(tenant, 'notes://picture');
    await until('the update', () => updated.length > 0);
    await client.raw.unsubscribeResource({ uri: 'notes://all' });
    registry.announceUpdate(tenant, 'notes://all');
    await client.listTools();
    assert.deepEqual(updated, ['notes://all']);
  });

  it('of the newer era are part of what it listens to', async () => {
    const updated: string[] = [];
    await using client = await NEWER.connect({ url: door.mcpUrl }, undefined, {
      onUpdated: (uri) => updated.push(uri),
    });
    const subscription = await client.raw.listen({ resourceSubscriptions: ['notes://all'] });
    host.parts.registry.announceUpdate(tenant, 'notes://picture');
    host.parts.registry.announceUpdate(tenant, 'notes://all');
    await until('the update', () => updated.length > 0);
    await subscription.close();
    assert.deepEqual(updated, ['notes://all']);
  });

  it('to what is not there are refused', async () => {
    await using client = await OLDER.connect({ url: door.mcpUrl });
    const subscribed = client.raw.subscribeResource({ uri: 'notes://nobody' });
    await assert.rejects(subscribed, has(-32_602, 'RESOURCE_NOT_FOUND'));
  });

  // Proves mcp.subscription-flood.
  it('in a flood end with SUBSCRIPTION_LIMIT, and serving goes on', async () => {
    await using client = await OLDER.connect({ url: door.mcpUrl });
    const flood = async (): Promise<void> => {
      for (let id = 0; id < 1000; id += 1) await client.raw.subscribeResource({ uri: `notes://by-id/${id}` });
    };
    await assert.rejects(flood(), has(-32_602, 'SUBSCRIPTION_LIMIT'));
    await client.raw.subscribeResource({ uri: 'notes://by-id/1' }); // has it already
    await client.raw.unsubscribeResource({ uri: 'notes://by-id/1' });
    await client.raw.subscribeResource({ uri: 'notes://by-id/other' });
    const uris = Array.from({ length: 300 }, (_, id) => `notes://by-id/${id}`);
    const listen = newerRequest('subscriptions/listen', { notifications: { resourceSubscriptions: uris } });
    const response = await post(door.mcpUrl, listen);
    assert.equal(response.status, 400);
    const { code, data } = await rpcError(response);
    assert.deepEqual([code, data.code], [-32_602, 'SUBSCRIPTION_LIMIT']);
  });
});

describe('Streams that listen', () => {
  it('are refused with HOST_BUSY past the limit until one ends', async () => {
    await using other = await openTestDoor(host, { mcp: { maxSubscriptions: 1 } });
    const listen = () =>
      post(other.mcpUrl, newerRequest('subscriptions/listen', { notifications: { toolsListChanged: true } }));
    const first = await listen();
    assert.equal(first.status, 200);
    const refused = await listen();
    assert.deepEqual([refused.status, (await rpcError(refused)).data.code], [503, 'HOST_BUSY']);
    await first.body?.cancel();
    await until('room', async () => {
      const next = await listen();
      await next.body?.cancel();
      return next.status === 200;
    });
  });
});

describe('Lists', () => {
  for (const method of ['prompts/list', 'resources/list', 'resources/templates/list', 'tools/list']) {
    // Proves mcp.caching.
    it(`of ${method} say how long they keep, and refuse a cursor that is none`, async () => {
      const { ttlMs, cacheScope } = await result(await post(door.mcpUrl, newerRequest(method)));
      assert.deepEqual([ttlMs, cacheScope], [0, 'private']);
      const { code, data } = await rpcError(await post(door.mcpUrl, newerRequest(method, { cursor: 'none' })));
      assert.deepEqual([code, data.code], [-32_602, 'REQUEST_INVALID']);
    });
  }

  it('of many are cut into pages', async () => {
    const prompts = Array.from({ length: 230 }, (_, index) => {
      const name = `p${String(index).padStart(3, '0')}`;
      const [{ manifest, ...script }] = FIXTURE_MOUNT.prompts as [(typeof FIXTURE_MOUNT.prompts)[0]];
      return { ...script, name, manifest: { ...manifest, name } };
    });
    using _many = host.parts.registry.mount(LOCAL_PRINCIPAL, { tools: [], prompts, resources: [] });
    await using client = await OLDER.connect({ url: door.mcpUrl });
    const seen: string[] = [];
    for (let cursor: string | undefined, more = true; more; more = cursor !== undefined) {
      const page = await client.raw.listPrompts(cursor === undefined ? {} : { cursor });
      seen.push(...page.prompts.map(({ name }) => name));
      cursor = (page as { nextCursor?: string }).nextCursor;
    }
    assert.deepEqual([seen.length, new Set(seen).size], [232, 232]);
  });

  it('say of a resource what its manifest says, to clients of the newer era alone', async () => {
    const read = { uri: 'notes://all' };
    const request = newerRequest('resources/read', read);
    const newer = await result(
      await post(door.mcpUrl, { ...request, headers: { ...request.headers, 'mcp-name': read.uri } }),
    );
    assert.deepEqual([newer['ttlMs'], newer['cacheScope']], [60_000, 'public']);
    const session = await openSession(door.mcpUrl);
    const older = await (await post(door.mcpUrl, olderRequest(session, 'resources/read', read))).text();
    assert.doesNotMatch(older, /ttlMs|cacheScope/);
  });
});

describe('Logs', () => {
  const lines = async (response: Response): Promise<readonly string[]> => {
    const text = await response.text();
    const data = text.split('\n').filter((line) => /^data: ./.test(line));
    return data.map((line) => {
      const message = JSON.parse(line.slice('data: '.length)) as { method?: string; params?: Record<string, string> };
      const { level = '', data: logged = '', logger = '' } = message.params ?? {};
      return message.method === 'notifications/message'
        ? `${level} ${logger}: ${logged}`
        : (message.method ?? 'result');
    });
  };

  // Proves mcp.logs.
  it('reach a request of the newer era that names a level, from that level on and before the result', async () => {
    const call = (meta: object) => newerRequest('tools/call', { name: 'logs', _meta: { progressToken: 'p', ...meta } });
    const asked = await post(door.mcpUrl, call({ 'io.modelcontextprotocol/logLevel': 'warning' }));
    assert.deepEqual(await lines(asked), [
      'notifications/progress',
      'warning logs: careful',
      'error logs: too late',
      'result',
    ]);
    assert.deepEqual(await lines(await post(door.mcpUrl, call({}))), ['notifications/progress', 'result']);
  });

  it('reach a session of the older era at the level it set', async () => {
    const session = await openSession(door.mcpUrl);
    await (await post(door.mcpUrl, olderRequest(session, 'logging/setLevel', { level: 'info' }))).text();
    const response = await post(door.mcpUrl, olderRequest(session, 'tools/call', { name: 'logs' }, 3));
    assert.deepEqual(await lines(response), [
      'info logs: working',
      'warning logs: careful',
      'error logs: too late',
      'result',
    ]);
  });
});

/** Whether an error is the JSON-RPC one with these codes. */
function has(rpcCode: number, code: string) {
  return (error: Error & { code: number; data: { code: string } }) => {
    assert.deepEqual([error.code, error.data.code], [rpcCode, code]);
    return true;
  };
}
