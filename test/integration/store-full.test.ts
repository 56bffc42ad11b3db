// A full disk, for real. Mounting one takes root; elsewhere these tests say that they skip.

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, it } from 'node:test';

import { LOCAL_PRINCIPAL, systemClock as clock } from '#host/base';
import { createLedger, makeCheckpoint, verifyLedger } from '#host/ledger';
import { openRegistry } from '#host/registry';
import { openStore } from '#host/store';
import { createDraft, createRun } from '../fixtures/store/drafts.ts';
import { fill, mountSmallDisk, whyNoSmallDisk } from '../fixtures/store/small-disk.ts';

const { tenant } = LOCAL_PRINCIPAL;

describe('a store on a full disk', { skip: await whyNoSmallDisk() }, () => {
  // Proves store.full.
  it('rejects with STORE_FULL, keeps what it had, publishes nothing by halves and goes on when there is space', async () => {
    await using disk = await mountSmallDisk();
    const home = join(disk.path, 'home');
    await using store = await openStore({ home, clock });
    await using registry = await openRegistry({ store, clock });
    const ledger = createLedger({ store });
    await registry.publish(LOCAL_PRINCIPAL, createDraft('roi', 'one'));
    const empty = await fill(disk.path);

    const full = { code: 'STORE_FULL', kind: 'unavailable', fault: 'host' };
    for (const script of ['two', 'three']) {
      const draft = createDraft('roi', script + 'x'.repeat(300_000));
      await assert.rejects(registry.publish(LOCAL_PRINCIPAL, draft), full);
    }
    await assert.rejects(registry.publish(LOCAL_PRINCIPAL, createDraft('other', 'x'.repeat(300_000))), full);
    const runs = await Promise.allSettled(
      Array.from({ length: 100 }, () => ledger.recordRun(createRun(1, { input: 'x'.repeat(60_000) }))),
    );
    assert.ok(runs.some(({ status }) => status === 'rejected'));
    assert.deepEqual(
      registry.list(tenant).map(({ tool, version }) => `${tool}@${version}`),
      ['roi@1'],
    );
    assert.equal((await registry.get(tenant, 'roi')).artifact.script, 'one');
    assert.equal((await registry.versions(tenant, 'roi')).length, 1);
    const recorded = runs.filter(({ status }) => status === 'fulfilled').length;
    assert.equal((await ledger.runs(tenant, { limit: 1000 })).length, recorded);

    await empty();
    assert.equal((await registry.publish(LOCAL_PRINCIPAL, createDraft('roi', 'two'))).version, 2);
    await ledger.recordRun(createRun(2));
    await makeCheckpoint(store, clock);
    assert.equal((await verifyLedger(store)).uncovered, 0);
  });

  it('does not open there, with STORE_FULL', async () => {
    await using disk = await mountSmallDisk();
    const empty = await fill(disk.path);
    const home = join(disk.path, 'home');
    await assert.rejects(openStore({ home, clock }), { code: 'STORE_FULL' });
    await empty();
    await using store = await openStore({ home, clock });
    assert.deepEqual(await store.revisions.all(), []);
  });

  it('opens a home that was there before the disk was full, or says STORE_FULL', async () => {
    await using disk = await mountSmallDisk();
    const home = join(disk.path, 'home');
    {
      await using store = await openStore({ home, clock });
      await using registry = await openRegistry({ store, clock });
      await registry.publish(LOCAL_PRINCIPAL, createDraft('roi', 'one'));
    }
    const empty = await fill(disk.path);
    await assert.rejects(
      async () => {
        await using store = await openStore({ home, clock });
        await using registry = await openRegistry({ store, clock });
        await registry.publish(LOCAL_PRINCIPAL, createDraft('roi', 'two'));
      },
      { code: 'STORE_FULL' },
    );
    await empty();
    await using store = await openStore({ home, clock });
    await using registry = await openRegistry({ store, clock });
    assert.equal(registry.list(tenant)[0]?.version, 1);
  });
});
