// What one shell makes, every connected client hears of and can call.

import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { startServer, BIN, type Served } from '../fixtures/cli/run-bin.ts';
import { createWorkplace } from '../fixtures/e2e/workplace.ts';
import { CLIENTS, type Endpoint, type TestClient } from '../fixtures/mcp/clients.ts';
import { until } from '../fixtures/mcp/until.ts';

/** How soon a server hears of what another process has published. */
const PROMISED_MS = 500;
const CONTEXT = '{"customer":{"industry":"SaaS","size":"500-1000","pain_points":["high churn","low engagement"]}}';

describe('a tool generated in another shell', () => {
  const place = createWorkplace();
  const connected: { readonly name: string; readonly client: TestClient }[] = [];
  const heardAt = new Map<string, number>();
  let server: Served;

  before(async () => {
    server = await startServer(place);
    const ways: Readonly<Record<string, Endpoint>> = {
      HTTP: { url: server.url },
      stdio: { program: [BIN, 'stdio', '--home', `${place.cwd}/.glovebox`] },
    };
    for (const [way, endpoint] of Object.entries(ways)) {
      for (const kind of CLIENTS) {
        const name = `${kind.name} over ${way}`;
        const client = await kind.connect(endpoint, () => heardAt.set(name, performance.now()));
        connected.push({ name, client });
      }
    }
  });

  after(async () => {
    for (const { client } of connected) await client[Symbol.asyncDispose]();
    server[Symbol.dispose]();
    place[Symbol.dispose]();
  });

  // Proves mcp.list-changed.
  it('is announced to clients of both eras within 500 ms', async () => {
    await place.answer(['generate', 'roi-calculator', '--context', CONTEXT, '--name', 'roi_acme']);
    const endedAt = performance.now();
    await until('every client to hear', () => heardAt.size === connected.length);
    const late = [...heardAt].map(([name, at]) => ({ name, ms: at - endedAt })).filter(({ ms }) => ms > PROMISED_MS);
    assert.deepEqual(late, []);
  });

  it('is listed and called by all of them', async () => {
    for (const { name, client } of connected) {
      const { tools } = await client.listTools();
      assert.ok(
        tools.some((tool) => tool.name === 'roi_acme'),
        name,
      );
      const { structuredContent } = await client.callTool('roi_acme', { investment: 50_000, annualBenefit: 30_000 });
      assert.equal((structuredContent as { readonly npv: string }).npv, '24605.56', name);
    }
  });
});
