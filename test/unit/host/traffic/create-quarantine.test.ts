import assert from 'node:assert/strict';
import { it } from 'node:test';

import { LOCAL_PRINCIPAL, type Clock, type TenantId } from '#host/base';
import { listEvents, verifyLedger } from '#host/ledger';
import type { Store } from '#host/store';
import { createQuarantine, type Quarantine } from '#host/traffic';
import { onEachBackend } from '../../../fixtures/store/backends.ts';
import type { Place } from '../../../fixtures/store/place.ts';

const { tenant } = LOCAL_PRINCIPAL;
const MINUTE_MS = 60_000;

class SettableClock implements Clock {
  minute = 0;
  now(): number {
    return 1_000_000 + this.minute * MINUTE_MS;
  }
  elapsed(): number {
    return performance.now();
  }
}

async function convictTimes(quarantine: Quarantine, times: number, digest = 'dd'): Promise<boolean[]> {
  const results: boolean[] = [];
  for (let time = 0; time < times; time += 1) {
    results.push(
      await quarantine.convict(tenant, digest, { runId: `run_${time}_${Math.random()}`, code: 'LIMIT_WALL' }),
    );
  }
  return results;
}

const openTestStore = (place: Place): Promise<Store> => place.open({ pollMs: 5 });

onEachBackend('createQuarantine', (createPlace) => {
  // Proves quarantine.third-conviction.
  it('takes a version out of service at the third conviction', async () => {
    await using place = await createPlace();
    await using store = await openTestStore(place);
    using quarantine = createQuarantine({ store, clock: new SettableClock() });
    assert.deepEqual(await convictTimes(quarantine, 2), [false, false]);
    await quarantine.assertFree(tenant, 'roi', 'dd');
    assert.deepEqual(await convictTimes(quarantine, 2), [true, true]);
    await assert.rejects(quarantine.assertFree(tenant, 'roi', 'dd'), {
      code: 'TOOL_QUARANTINED',
      data: { tool: 'roi', digest: 'dd' },
    });
    await quarantine.assertFree(tenant, 'roi', 'another');
    await quarantine.assertFree('elsewhere' as TenantId, 'roi', 'dd');
  });

  it('counts one run once', async () => {
    await using place = await createPlace();
    await using store = await openTestStore(place);
    using quarantine = createQuarantine({ store, clock: new SettableClock() });
    for (let time = 0; time < 4; time += 1) {
      assert.equal(await quarantine.convict(tenant, 'dd', { runId: 'run_1', code: 'LIMIT_WALL' }), false);
    }
  });

  it('counts ten minutes back', async () => {
    await using place = await createPlace();
    await using store = await openTestStore(place);
    const clock = new SettableClock();
    using quarantine = createQuarantine({ store, clock });
    await convictTimes(quarantine, 2);
    clock.minute = 10;
    assert.deepEqual(await convictTimes(quarantine, 1), [false]);
    clock.minute = 19.9;
    assert.deepEqual(await convictTimes(quarantine, 2), [false, true]);
  });

  it('counts convictions at the same moment all', async () => {
    await using place = await createPlace();
    await using store = await openTestStore(place);
    using quarantine = createQuarantine({ store, clock: new SettableClock() });
    const results = await Promise.all([1, 2, 3].map(async () => convictTimes(quarantine, 1)));
    assert.equal(results.flat().filter((quarantined) => quarantined).length, 1);
  });

  // Proves quarantine.durable.
  it('holds after a restart, until it is lifted and everything is forgotten', async () => {
    await using place = await createPlace();
    const clock = new SettableClock();
    {
      await using store = await openTestStore(place);
      using quarantine = createQuarantine({ store, clock });
      await convictTimes(quarantine, 3);
    }
    await using store = await openTestStore(place);
    using quarantine = createQuarantine({ store, clock });
    await assert.rejects(quarantine.assertFree(tenant, 'roi', 'dd'), { code: 'TOOL_QUARANTINED' });
    assert.equal(await quarantine.lift(LOCAL_PRINCIPAL, 'dd'), true);
    assert.equal(await quarantine.lift(LOCAL_PRINCIPAL, 'dd'), false);
    await quarantine.assertFree(tenant, 'roi', 'dd');
    assert.deepEqual(await convictTimes(quarantine, 3), [false, false, true]);
  });

  // Proves ledger.events.
  it('puts into the ledger that a version went out of service and came back, once each', async () => {
    await using place = await createPlace();
    await using store = await openTestStore(place);
    using quarantine = createQuarantine({ store, clock: new SettableClock() });
    await convictTimes(quarantine, 4);
    await quarantine.lift(LOCAL_PRINCIPAL, 'dd');
    await quarantine.lift(LOCAL_PRINCIPAL, 'dd');
    const events = await listEvents(store, tenant);
    const [released, quarantined] = events.toSorted((a, b) => (a.kind < b.kind ? 1 : -1));
    assert.equal(events.length, 2);
    assert.deepEqual(
      [released?.kind, released?.data],
      ['version.released', { principal: LOCAL_PRINCIPAL.id, digest: 'dd' }],
    );
    const { digest, code } = quarantined?.data ?? {};
    assert.deepEqual([quarantined?.kind, digest, code], ['version.quarantined', 'dd', 'LIMIT_WALL']);
    assert.equal((await verifyLedger(store)).uncovered, 2);
  });

  it('reaches another open store within a few polls, both ways', async () => {
    await using place = await createPlace();
    await using here = await openTestStore(place);
    await using there = await openTestStore(place);
    const clock = new SettableClock();
    using convicting = createQuarantine({ store: here, clock });
    using serving = createQuarantine({ store: there, clock });
    const isFree = (): Promise<boolean> =>
      serving.assertFree(tenant, 'roi', 'dd').then(
        () => true,
        () => false,
      );
    assert.equal(await isFree(), true);
    await convictTimes(convicting, 3);
    const startedAt = performance.now();
    while (await isFree()) await new Promise((resolve) => setImmediate(resolve));
    await convicting.lift(LOCAL_PRINCIPAL, 'dd');
    while (!(await isFree())) await new Promise((resolve) => setImmediate(resolve));
    assert.ok(performance.now() - startedAt < 500);
  });
});
