import assert from 'node:assert/strict';
import { it } from 'node:test';

import { firstIdAt, LOCAL_PRINCIPAL, systemClock as clock, type TenantId } from '#host/base';
import { createLedger, listEvents } from '#host/ledger';
import { createRun } from '../../../fixtures/store/drafts.ts';
import { onEachBackend } from '../../../fixtures/store/backends.ts';
import { createRunRow } from '../../../fixtures/store/rows.ts';

const { tenant } = LOCAL_PRINCIPAL;
const elsewhere = 'elsewhere' as TenantId;

onEachBackend('createRetention', (createPlace) => {
  it('leaves the newest runs of a tenant, and other tenants alone', async () => {
    await using place = await createPlace();
    await using store = await place.open();
    const unbounded = createLedger({ store });
    await unbounded.recordRun(createRun(1, { tenant: elsewhere }));
    await Promise.all(Array.from({ length: 250 }, (_, at) => unbounded.recordRun(createRun(at + 1))));

    await createLedger({ store, keepRuns: 10 }).recordRun(createRun(1000));
    let runs = await unbounded.runs(tenant, { limit: 1000 });
    while (runs.length > 10) {
      await new Promise((resolve) => setImmediate(resolve));
      runs = await unbounded.runs(tenant, { limit: 1000 });
    }
    assert.deepEqual(
      runs.map(({ startedAt }) => startedAt),
      [1000, 250, 249, 248, 247, 246, 245, 244, 243, 242],
    );
    assert.equal((await unbounded.runs(elsewhere)).length, 1);
  });

  it('counts back over more runs than it looks at in one turn', async () => {
    await using place = await createPlace();
    await using store = await place.open();
    const unbounded = createLedger({ store });
    const keepRuns = 4005;
    await Promise.all(Array.from({ length: keepRuns + 5 }, (_, at) => unbounded.recordRun(createRun(at + 1))));
    await createLedger({ store, keepRuns }).recordRun(createRun(10_000));
    let runs = await unbounded.runs(tenant, { limit: 10_000 });
    while (runs.length > keepRuns) {
      await new Promise((resolve) => setImmediate(resolve));
      runs = await unbounded.runs(tenant, { limit: 10_000 });
    }
    assert.equal(runs.at(-1)?.startedAt, 7);
  });

  it('signs nothing that would excuse a run yet to come', async () => {
    await using place = await createPlace();
    await using store = await place.open();
    const now = clock.now();
    // Who can write to the store can put in runs of times to come.
    await store.runs.insert(createRunRow(now + 86_400_000));
    await createLedger({ store, keepRuns: 0 }).recordRun(createRun(1));
    while ((await store.runs.list(tenant, { limit: 10 })).length > 1) await new Promise(setImmediate);
    const [event] = await listEvents(store, tenant, { kind: 'runs.pruned' });
    assert.ok(String(event?.data['upTo']) <= firstIdAt('run', clock.now()));
  });

  it('does not disturb a store that closes meanwhile', async () => {
    await using place = await createPlace();
    const store = await place.open();
    await createLedger({ store, keepRuns: 0 }).recordRun(createRun(1));
    await store[Symbol.asyncDispose]();
  });
});
