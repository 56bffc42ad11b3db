// `glovebox serve`: where it binds, who shares its home, how it ends.

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { after, before, describe, it } from 'node:test';
import { startServer } from '../fixtures/cli/run-bin.ts';
import { descendantsOf, runningAfter } from '../fixtures/e2e/processes.ts';
import { createWorkplace } from '../fixtures/e2e/workplace.ts';
import { CLIENTS, NEWER, OLDER, type ClientKind, type ClientResult, type TestClient } from '../fixtures/mcp/clients.ts';
import { until } from '../fixtures/mcp/until.ts';

const place = createWorkplace();
before(() => place.createAct());
after(() => place[Symbol.dispose]());

describe('glovebox serve', () => {
  it('refuses a port that is taken', async () => {
    using first = await startServer(place);
    const { code } = await place.refusal(['serve', '--port', new URL(first.url).port]);
    assert.equal(code, 'ADDRESS_IN_USE');
  });

  it('refuses an address that others can reach', async () => {
    assert.equal((await place.refusal(['serve', '--port', '0', '--host', '0.0.0.0'])).code, 'ADDRESS_REFUSED');
  });

  it('serves where the walls it requires stand', { skip: process.platform !== 'linux' }, async () => {
    using server = await startServer(place, ['--require-wall', 'process']);
    await using caller = await NEWER.connect({ url: server.url });
    assert.deepEqual((await caller.callTool('act', {})).structuredContent, { sleptMs: 0 });
  });

  it('shares its home with another server', async () => {
    using left = await startServer(place);
    using right = await startServer(place);
    let changes = 0;
    await using maker = await OLDER.connect({ url: left.url });
    await using caller = await NEWER.connect({ url: right.url }, () => (changes += 1));
    const made = await maker.callTool('generate_tool', {
      template: 'roi-calculator',
      context: { customer: { industry: 'SaaS' } },
      name: 'roi_shared',
    });
    assert.equal(made.isError, undefined, JSON.stringify(made.content));
    await until('the other server to announce it', () => changes > 0);
    const result = await caller.callTool('roi_shared', { investment: 50_000, annualBenefit: 30_000 });
    assert.equal((result.structuredContent as { readonly npv: string }).npv, '24605.56');

    left.child.kill('SIGTERM');
    assert.deepEqual(await once(left.child, 'exit'), [0, null]);
    assert.deepEqual((await caller.callTool('act', {})).structuredContent, { sleptMs: 0 });
  });
});

describe('SIGTERM while calls run', () => {
  // Proves command.drains.
  it('lets them answer, exits 0 and leaves no process', async () => {
    using server = await startServer(place);
    const calls = await Promise.all([...CLIENTS, ...CLIENTS].map((kind) => startCall(kind, server.url, 1500)));
    const children = descendantsOf(server.pid);
    assert.ok(children.length > 0);
    server.child.kill('SIGTERM');
    const exited = once(server.child, 'exit');
    for (const { answer } of calls) assert.deepEqual((await answer).structuredContent, { sleptMs: 1500 });
    await close(calls);
    assert.deepEqual(await exited, [0, null]);
    assert.deepEqual(await runningAfter(children, 2000), []);
  });

  it('ends those that outlive the drain deadline, and exits 0', async () => {
    using server = await startServer({ ...place, env: { ...place.env, GLOVEBOX_DRAIN_MS: '300' } });
    const call = await startCall(NEWER, server.url, 15_000);
    const children = descendantsOf(server.pid);
    const stopped = performance.now();
    server.child.kill('SIGTERM');
    assert.deepEqual(await once(server.child, 'exit'), [0, null]);
    assert.ok(performance.now() - stopped < 5000);
    const result = await call.answer.catch(() => undefined);
    assert.equal(result?.structuredContent, undefined);
    assert.deepEqual(await runningAfter(children, 2000), []);
    await close([call]);
  });
});

interface RunningCall {
  readonly answer: Promise<ClientResult>;
  readonly client: TestClient;
}

/** Starts a call that sleeps; settles when its tool runs. */
async function startCall(kind: ClientKind, url: string, sleepMs: number): Promise<RunningCall> {
  const client = await kind.connect({ url });
  const { promise: started, resolve: onprogress } = Promise.withResolvers<unknown>();
  const answer = client.callTool('act', { sleepMs }, { onprogress });
  await Promise.race([started, answer]);
  return { answer, client };
}

/** Closes what the server may have closed already. */
async function close(calls: readonly RunningCall[]): Promise<void> {
  await Promise.allSettled(calls.map(({ client }) => client[Symbol.asyncDispose]()));
}
