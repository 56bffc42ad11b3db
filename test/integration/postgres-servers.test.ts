// Two servers on one PostgreSQL: what one does, the other knows.

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, it } from 'node:test';
import type { Failure } from '#sandbox';
import { META_KEYS } from '#host/doors/mcp';
import { startServer, type Served } from '../fixtures/cli/run-bin.ts';
import { actManifest, createWorkplace, TOOLS, type RunsDocument, type Workplace } from '../fixtures/e2e/workplace.ts';
import { CLIENTS, NEWER, type ClientResult, type TestClient } from '../fixtures/mcp/clients.ts';
import { until } from '../fixtures/mcp/until.ts';
import { onPostgres } from '../fixtures/store/backends.ts';
import type { Place } from '../fixtures/store/place.ts';
import { askPostgres } from '../fixtures/store/postgres.ts';

/** How soon a server knows what another one has done. */
const PROMISED_MS = 1000;
const source = readFileSync(join(TOOLS, 'act.ts'), 'utf8');
const context = { customer: { industry: 'SaaS', size: '500-1000', pain_points: ['high churn'] } };

onPostgres('two servers', (createPlace) => {
  let place: Place;
  let work: Workplace;
  const servers: Served[] = [];
  const clients: TestClient[] = [];

  before(async () => {
    place = await createPlace();
    work = createWorkplace({ DATABASE_URL: place.args[1] });
    // At once: they find the schema empty, and build it once.
    servers.push(...(await Promise.all([startServer(work), startServer(work)])));
    for (const { url } of servers) clients.push(await NEWER.connect({ url }));
  });

  after(async () => {
    // One of their servers is dead by then.
    await Promise.allSettled(clients.map((client) => client[Symbol.asyncDispose]()));
    for (const server of servers) server[Symbol.dispose]();
    work[Symbol.dispose]();
    await place[Symbol.asyncDispose]();
  });

  const call = (server: number, tool: string, args: Record<string, unknown> = {}): Promise<ClientResult> =>
    clients[server]?.callTool(tool, args) ?? assert.fail();
  const create = (server: number, changes: object): Promise<ClientResult> =>
    call(server, 'create_tool', { manifest: actManifest(changes), source });

  // Proves registry.shared-database.
  it('serve a tool made on one from the other within a second, and tell its clients of both eras', async () => {
    const heard = new Map<string, number>();
    const listening = await Promise.all(
      CLIENTS.map((kind) =>
        kind.connect({ url: servers[1]?.url ?? '' }, () => heard.set(kind.name, performance.now())),
      ),
    );
    assert.equal((await create(0, { name: 'act' })).isError, undefined);
    const madeAt = performance.now();
    assert.deepEqual((await call(1, 'act', { sleepMs: 1 })).structuredContent, { sleptMs: 1 });
    await until('clients of both eras to hear', () => heard.size === CLIENTS.length);
    for (const [name, at] of heard) assert.ok(at - madeAt < PROMISED_MS, `${name} heard after ${at - madeAt} ms`);
    for (const client of listening) await client[Symbol.asyncDispose]();
  });

  // Proves registry.one-wins.
  it('give a name to one of two that make different tools of it at once, and tell the other', async () => {
    const made = await Promise.all([
      create(0, { name: 'wanted' }),
      call(1, 'generate_tool', { template: 'roi-calculator', context, name: 'wanted' }),
    ]);
    const refused = made.flatMap((result) => (result.isError === true ? [failureOf(result).code] : []));
    assert.equal(refused.length, 1, JSON.stringify(refused));
    assert.ok(['TOOL_NAME_TAKEN', 'PUBLISH_CONFLICT'].includes(refused[0] ?? ''));
    for (const client of clients) {
      const { tools } = await client.listTools();
      const versions = tools.filter(({ name }) => name === 'wanted').map(({ _meta }) => versionIn(_meta));
      assert.deepEqual(versions, [1]);
    }
  });

  it('keep a version that one of them had to stop three times out of service on both', async () => {
    await create(0, { name: 'stuck', limits: { cpuMs: 100, wallMs: 20_000 } });
    await call(1, 'stuck');
    for (let time = 0; time < 3; time += 1) await call(0, 'stuck', { loop: true });
    const deadline = performance.now() + PROMISED_MS;
    let code = '';
    while (code === '' && performance.now() < deadline) {
      const result = await call(1, 'stuck');
      if (result.isError === true) ({ code } = failureOf(result));
    }
    assert.equal(code, 'TOOL_QUARANTINED');
  });

  it('record what both ran in one ledger, which every command reads', async () => {
    const runs = await Promise.all([call(0, 'act'), call(1, 'act')]);
    const { runs: recorded } = await work.answer<RunsDocument>(['runs', '--tool', 'act']);
    const ids = new Set(recorded.map(({ runId }) => runId));
    for (const { _meta } of runs) assert.ok(ids.has(String(_meta?.[META_KEYS.run])));
  });

  it('do not need each other: kill -9 of one leaves the other serving, and nothing acknowledged is lost', async () => {
    const [dying, ...living] = servers;
    assert.ok(dying);
    const before = await call(0, 'act');
    assert.equal((await create(0, { name: 'last_words' })).isError, undefined);
    const exited = once(dying.child, 'exit');
    process.kill(dying.pid, 'SIGKILL');
    await exited;
    assert.equal(living.length, 1);
    assert.deepEqual((await call(1, 'last_words')).structuredContent, { sleptMs: 0 });
    const described = await call(1, 'describe_run', { run: before._meta?.[META_KEYS.run] });
    assert.equal(described.isError, undefined);
    assert.equal((await create(1, { name: 'after_all' })).isError, undefined);
  });

  // Proves store.newer.
  it('cannot be joined by an older Glovebox, which refuses and changes nothing', async () => {
    const url = place.args[1];
    await askPostgres(url, 'update glovebox_schema set version = version + 1');
    for (const command of [['tools'], ['migrate'], ['migrate', '--dry-run'], ['serve', '--port', '0']]) {
      assert.equal((await work.refusal(command)).code, 'STORE_NEWER', command.join(' '));
    }
    await askPostgres(url, 'update glovebox_schema set version = version - 1');
    assert.equal((await work.answer<{ missing: unknown[] }>(['migrate', '--dry-run'])).missing.length, 0);
  });
});

function failureOf({ _meta }: ClientResult): Failure {
  return _meta?.[META_KEYS.failure] as Failure;
}

function versionIn(meta: unknown): unknown {
  return (meta as Readonly<Record<string, unknown>> | undefined)?.[META_KEYS.version];
}
