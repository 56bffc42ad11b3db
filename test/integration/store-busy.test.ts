// Another process holds the database: the server waits without standing still, says so, and goes on afterwards.

import assert from 'node:assert/strict';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { describe, it } from 'node:test';

import { LOCAL_PRINCIPAL, systemClock as clock } from '#host/base';
import { createLedger } from '#host/ledger';
import { openRegistry } from '#host/registry';
import { openStore } from '#host/store';
import { createQuarantine } from '#host/traffic';
import { Child } from '../fixtures/store/child.ts';
import { createDraft, createRun } from '../fixtures/store/drafts.ts';
import { createTemporaryHome } from '../fixtures/store/temporary-home.ts';

const { tenant } = LOCAL_PRINCIPAL;

async function holdLock(home: string): Promise<Child> {
  const child = new Child('./hold-lock.ts', home);
  await child.said(1);
  return child;
}

describe('a store whose database another process holds', () => {
  // Proves store.busy.
  it('rejects writes with STORE_BUSY after the wait, serves reads and keeps its event loop', async () => {
    await using home = await createTemporaryHome();
    await using store = await openStore({ home: home.path, clock, busyMs: 400 });
    await using registry = await openRegistry({ store, clock });
    const ledger = createLedger({ store });
    using quarantine = createQuarantine({ store, clock });
    await registry.publish(LOCAL_PRINCIPAL, createDraft('roi', 'one'));
    const run = createRun(1);
    await ledger.recordRun(run);
    await using holder = await holdLock(home.path);

    using delay = monitorEventLoopDelay({ resolution: 5 });
    delay.enable();
    const startedAt = clock.elapsed();
    const busy = { code: 'STORE_BUSY', kind: 'unavailable', fault: 'host' };
    const writes = [
      assert.rejects(registry.publish(LOCAL_PRINCIPAL, createDraft('roi', 'two')), busy),
      assert.rejects(registry.remove(LOCAL_PRINCIPAL, 'roi'), busy),
      assert.rejects(quarantine.convict(tenant, 'dd', { runId: 'r', code: 'LIMIT_WALL' }), busy),
      assert.rejects(ledger.recordRun(createRun(2)), (error: { code: string; data: { waitedMs: number } }) => {
        return error.code === 'STORE_BUSY' && error.data.waitedMs >= 399;
      }),
    ];
    assert.equal((await registry.get(tenant, 'roi')).artifact.script, 'one');
    assert.deepEqual(await ledger.getRun(tenant, run.runId), run);
    await quarantine.assertFree(tenant, 'roi', 'dd');
    assert.ok(clock.elapsed() - startedAt < 300, 'reads did not wait');
    await Promise.all(writes);
    const waitedMs = clock.elapsed() - startedAt;
    assert.ok(waitedMs >= 399 && waitedMs < 1500, `all of them together waited ${waitedMs} ms`);
    assert.ok(delay.max / 1e6 < 200, `the event loop stood still for ${delay.max / 1e6} ms`);

    holder.release();
    assert.equal(await holder.ended(), 0);
    assert.equal((await registry.publish(LOCAL_PRINCIPAL, createDraft('roi', 'two'))).version, 2);
    assert.deepEqual(await ledger.runs(tenant), [run]);
  });

  it('writes once the other lets go in time', async () => {
    await using home = await createTemporaryHome();
    await using store = await openStore({ home: home.path, clock, busyMs: 10_000 });
    const ledger = createLedger({ store });
    await using holder = await holdLock(home.path);
    const recorded = ledger.recordRun(createRun(1));
    holder.release();
    await recorded;
    assert.equal((await ledger.runs(tenant)).length, 1);
  });

  it('opens, since nothing has to be written for that', async () => {
    await using home = await createTemporaryHome();
    {
      await using _created = await openStore({ home: home.path, clock });
    }
    await using _holder = await holdLock(home.path);
    await using store = await openStore({ home: home.path, clock, busyMs: 100 });
    assert.deepEqual(await store.revisions.all(), []);
  });

  it('fails ten thousand runs at once no later than one', async () => {
    await using home = await createTemporaryHome();
    await using store = await openStore({ home: home.path, clock, busyMs: 300 });
    const ledger = createLedger({ store });
    await using holder = await holdLock(home.path);
    const startedAt = clock.elapsed();
    const results = await Promise.allSettled(Array.from({ length: 10_000 }, () => ledger.recordRun(createRun(1))));
    assert.ok(results.every((result) => result.status === 'rejected' && codeOf(result.reason) === 'STORE_BUSY'));
    assert.ok(clock.elapsed() - startedAt < 3000);
    holder.release();
    await holder.ended();
    await Promise.all(Array.from({ length: 10_000 }, () => ledger.recordRun(createRun(1))));
    assert.equal((await ledger.runs(tenant, { limit: 20_000 })).length, 10_000);
  });
});

function codeOf(reason: unknown): unknown {
  return reason instanceof Error && 'code' in reason ? reason.code : undefined;
}
