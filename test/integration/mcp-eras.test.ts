// The same promises to clients of both eras, over HTTP and over stdio.

import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { META_KEYS } from '#host/doors/mcp';
import type { Failure } from '#sandbox';
import { APP_HOST } from '../fixtures/mcp/app-host.ts';
import { CLIENTS, type ClientKind, type TestClient } from '../fixtures/mcp/clients.ts';
import { ANCHORED, ECHO } from '../fixtures/mcp/fixture-tools.ts';
import { openTestDoor } from '../fixtures/mcp/http-door.ts';
import { UNJAILED_HOST } from '../fixtures/mcp/unjailed-host.ts';
import type { TestHostKind } from '../fixtures/mcp/test-host.ts';
import { WAYS, type Served } from '../fixtures/mcp/ways.ts';
import { until } from '../fixtures/mcp/until.ts';

const HOSTS: readonly TestHostKind[] = [UNJAILED_HOST, APP_HOST];

const MAKER_TOOLS = [
  'list_templates',
  'describe_template',
  'generate_tool',
  'generate_set',
  'create_tool',
  'list_versions',
  'rollback_tool',
  'remove_tool',
  'describe_run',
];

for (const host of HOSTS) {
  for (const way of WAYS) {
    for (const kind of CLIENTS) {
      describe(`MCP ${kind.name} over ${way.name}, host ${host.name}`, () => {
        keepsItsPromises(kind, () => way.serve(host));
      });
    }
  }
}

function keepsItsPromises(kind: ClientKind, serve: () => Promise<Served>): void {
  let served: Served;
  let client: TestClient;
  let changes = 0;
  before(async () => {
    served = await serve();
    client = await kind.connect(served.endpoint, () => (changes += 1));
  });
  after(async () => {
    await client[Symbol.asyncDispose]();
    await served[Symbol.asyncDispose]();
  });

  // Proves mcp.both-eras.
  it('speaks the era and says that its list changes', async () => {
    assert.equal(client.protocolVersion, kind.name);
    const { tools, experimental } = client.capabilities as Record<string, unknown>;
    assert.deepEqual(tools, { listChanged: true });
    assert.deepEqual(Object.keys(experimental as object), ['glovebox']);
  });

  it('lists maker tools first, then generated tools by name, with version and digest', async () => {
    const { tools } = await client.listTools();
    assert.deepEqual(
      tools.map(({ name }) => name),
      [...MAKER_TOOLS, 'asks', 'consults', 'echo', 'endless', 'refuses', 'steps'],
    );
    const meta = tools.find(({ name }) => name === 'echo')?._meta as Record<string, unknown>;
    assert.equal(meta[META_KEYS.version], 1);
    assert.match(String(meta[META_KEYS.digest]), /^[0-9a-f]{64}$/);
  });

  // Proves mcp.results.
  it('answers a call with the structured result, its text, content, run id and bill', async () => {
    const result = await client.callTool('echo', { text: 'hello' });
    assert.deepEqual(result.structuredContent, { echoed: 'hello' });
    assert.deepEqual(result.content, [
      { type: 'text', text: '{"echoed":"hello"}' },
      { type: 'text', text: 'beside' },
    ]);
    assert.match(String(result._meta?.[META_KEYS.run]), /^run_[0-9a-f]{28}$/);
    const bill = result._meta?.[META_KEYS.bill] as Record<string, unknown>;
    assert.ok(Number(bill['wallMs']) >= 0);
  });

  // Proves mcp.failures.
  it('answers a failing tool with an isError result that carries the whole failure', async () => {
    await client.listTools(); // so that the client checks results against the output schema
    const result = await client.callTool('refuses', {});
    assert.equal(result.isError, true);
    assert.match(result.content[0]?.text ?? '', /^TOOL_FAILED: /);
    const failure = result._meta?.[META_KEYS.failure] as Failure;
    assert.deepEqual([failure.code, failure.kind, failure.fault], ['TOOL_FAILED', 'invalid', 'tool']);
    assert.ok(result._meta?.[META_KEYS.run]);
  });

  it('answers an unknown tool with -32602 and TOOL_NOT_FOUND', async () => {
    await assert.rejects(client.callTool('nobody', {}), (error: Error & { code: number; data: { code: string } }) => {
      assert.equal(error.code, -32_602);
      assert.equal(error.data.code, 'TOOL_NOT_FOUND');
      return true;
    });
  });

  it('answers an invalid cursor with -32602 and REQUEST_INVALID', async () => {
    await assert.rejects(client.listTools('nonsense'), (error: Error & { code: number; data: { code: string } }) => {
      assert.equal(error.code, -32_602);
      assert.equal(error.data.code, 'REQUEST_INVALID');
      return true;
    });
  });

  // A client drops progress that arrives in one piece with the result; mcp-http and mcp-stdio look at the wire itself.
  it('reports progress that only grows', async () => {
    const seen: number[] = [];
    await client.callTool('steps', {}, { onprogress: ({ progress }) => seen.push(progress) });
    assert.deepEqual(seen, [0.25, 0.5, 1].slice(0, seen.length));
  });

  it('stops a run whose call is cancelled, and goes on serving', async () => {
    const cancel = new AbortController();
    const call = client.callTool('endless', {}, { signal: cancel.signal, onprogress: () => cancel.abort() });
    await assert.rejects(call);
    assert.deepEqual((await client.callTool('echo', { text: 'still' })).structuredContent, { echoed: 'still' });
  });

  it('makes a tool, says that the list changed, and serves it', async () => {
    const steps: string[] = [];
    const manifest = { ...ECHO.manifest, name: 'made_now' };
    const made = await client.callTool(
      'create_tool',
      { manifest, source: ECHO.source },
      { onprogress: ({ message }) => steps.push(message?.split(':')[0] ?? '') },
    );
    const { tool, version, digest, unchanged, report } = made.structuredContent as Record<string, unknown>;
    assert.deepEqual([tool, version, unchanged], ['made_now', 1, false]);
    assert.match(String(digest), /^[0-9a-f]{64}$/);
    assert.equal((report as unknown[]).length, 7);
    const all = ['find', 'check', 'render', 'compile', 'inspect', 'probe', 'publish'];
    assert.deepEqual(steps, all.slice(0, steps.length));
    await until('list_changed', () => changes > 0);
    const { tools } = await client.listTools();
    assert.ok(tools.some(({ name }) => name === 'made_now'));
    assert.deepEqual((await client.callTool('made_now', { text: 'a' })).structuredContent, { echoed: 'a' });
  });

  it('describes a run by the id in its _meta', async () => {
    await client.listTools();
    const { _meta } = await client.callTool('echo', { text: 'kept' });
    const run = _meta?.[META_KEYS.run];
    const described = (await client.callTool('describe_run', { run })).structuredContent as Record<string, unknown>;
    assert.equal(described['run'], run);
    assert.equal(described['tool'], 'echo');
    assert.equal(described['verdict'], 'ok');
    assert.deepEqual(described['input'], { text: 'kept' });
    assert.deepEqual(described['output'], { echoed: 'kept' });
    assert.equal('tenant' in described, false);
  });
}

describe('MCP with a schema newer than the client', () => {
  it('keeps the list of a 2025-11-25 client whole, and shows a 2026-07-28 client the schema as it is', async () => {
    await using host = await UNJAILED_HOST.open();
    await host.publish(ECHO);
    await host.publish(ANCHORED);
    await using door = await openTestDoor(host);
    const seen = [];
    for (const kind of CLIENTS) {
      await using client = await kind.connect({ url: door.mcpUrl });
      const { tools } = await client.listTools();
      seen.push(tools.find(({ name }) => name === 'anchored')?.outputSchema);
      assert.deepEqual((await client.callTool('anchored', {})).structuredContent, { price: '1.00' });
    }
    assert.deepEqual(seen, [ANCHORED.manifest.outputSchema, { type: 'object' }]);
  });
});
