// A real server under everything at once: it refuses with codes, keeps its process, and ends when it is told to.

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { after, before, describe, it } from 'node:test';

import { isAlive, startServer, type Served } from '../../fixtures/cli/run-bin.ts';
import { descendantsOf, runningAfter } from '../../fixtures/e2e/processes.ts';
import { createWorkplace } from '../../fixtures/e2e/workplace.ts';
import { NEWER, type TestClient } from '../../fixtures/mcp/clients.ts';
import { newerRequest, post, rpcError } from '../../fixtures/mcp/raw-http.ts';
import { until } from '../../fixtures/mcp/until.ts';

const HOSTILE = {
  loop: 'for (;;);',
  stuck: 'Array.prototype.lastIndexOf.call({ length: 2 ** 53 - 1 }, 1);',
  abort: 'Array.prototype.sort.call({ length: 2 ** 53 - 1 });',
  bomb: 'const all: unknown[] = []; for (;;) all.push(new Array(100_000).fill(0));',
} as const;

describe('a server under bad input', () => {
  const place = createWorkplace();
  let server: Served;
  let client: TestClient;

  before(async () => {
    await place.createAct();
    server = await startServer(place);
    client = await NEWER.connect({ url: server.url });
    for (const [name, body] of Object.entries(HOSTILE)) await create(client, name, body);
  });
  after(async () => {
    // The last test has ended its server.
    await Promise.allSettled([client[Symbol.asyncDispose]()]);
    server[Symbol.dispose]();
    place[Symbol.dispose]();
  });

  // Proves mcp.malformed.
  it('refuses malformed JSON-RPC, a body of 5 MB and an unknown tool, each with its code', async () => {
    const malformed = await post(server.url, { body: '{"jsonrpc":"2.0","id":1,' });
    assert.deepEqual([malformed.status, (await rpcError(malformed)).code], [400, -32_700]);
    const large = await post(server.url, newerRequest('tools/list', { padding: 'x'.repeat(5_000_000) }));
    assert.equal(large.status, 413);
    assert.match(await large.text(), /REQUEST_TOO_LARGE/);
    await assert.rejects(client.callTool('absent', {}), { code: -32_602 });
    await assertServes();
  });

  for (const name of Object.keys(HOSTILE)) {
    // Proves calling.benign-beside.
    it(`answers ${name} with an isError result, and a benign call beside it as ever`, async () => {
      const [hostile] = await Promise.all([client.callTool(name, {}), assertServes()]);
      assert.equal(hostile.isError, true);
    });
  }

  // Proves command.drains.
  it('ends on SIGTERM in the middle of all that, with exit code 0 and no process left', async () => {
    const calls = [...Object.keys(HOSTILE), 'act', 'act'].map((name) => client.callTool(name, { sleepMs: 300 }));
    const making = create(client, 'late', 'for (;;);');
    const settled = Promise.allSettled([...calls, making]);
    await until('its cells to work', () => descendantsOf(server.pid).length > 1);
    const children = descendantsOf(server.pid);
    const exited = once(server.child, 'exit');
    server.child.kill('SIGTERM');
    assert.deepEqual(await exited, [0, null]);
    await settled;
    assert.deepEqual(await runningAfter([server.pid, ...children], 2000), []);
  });

  async function assertServes(): Promise<void> {
    assert.deepEqual((await client.callTool('act', {})).structuredContent, { sleptMs: 0 });
    assert.ok(isAlive(server.pid), 'the process that answered first still does');
  }
});

async function create(client: TestClient, name: string, body: string): Promise<void> {
  const manifest = {
    name,
    description: 'Hostile.',
    inputSchema: { type: 'object' },
    limits: { cpuMs: 500, wallMs: 2000 },
  };
  const source = `export default { async run() { ${body} return {}; } };`;
  const made = await client.callTool('create_tool', { manifest, source });
  assert.notEqual(made.isError, true, JSON.stringify(made.content));
}
