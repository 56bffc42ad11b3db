import assert from 'node:assert/strict';
import { it } from 'node:test';

import { systemClock as clock } from '#host/base';
import { createLedger, listEvents, verifyLedger, type Policy } from '#host/ledger';
import type { Store } from '#host/store';
import { onEachBackend } from '../../../fixtures/store/backends.ts';
import { createMaking, createRun } from '../../../fixtures/store/drafts.ts';
import { createPolicyNote } from '../../../../host/ledger/record-policy.ts';

const STRICT = { durability: 'full', requireWall: 'os' };
const LAX = { durability: 'normal', requireWall: 'none' };

async function policiesOf(store: Store): Promise<readonly unknown[]> {
  const events = await listEvents(store, 'anybody', { kind: 'policy.set' });
  return events.map(({ data }) => data);
}

onEachBackend('createPolicyNote', (createPlace) => {
  // Proves ledger.events.
  it('is on record before the first run, and anew only when it has changed', async () => {
    await using place = await createPlace();
    await using store = await place.open();
    let now = 1000;
    const startWith = (policy: Policy) => createLedger({ store, policy, clock: { ...clock, now: () => (now += 1) } });
    const ledger = startWith(LAX);
    await ledger.recordMaking(createMaking(1));
    assert.deepEqual(await policiesOf(store), []);
    await Promise.all([ledger.recordRun(createRun(1)), ledger.recordRun(createRun(2))]);
    assert.deepEqual(await policiesOf(store), [LAX]);
    await startWith({ ...LAX }).recordRun(createRun(3));
    assert.deepEqual(await policiesOf(store), [LAX]);
    await startWith(STRICT).recordRun(createRun(4));
    await startWith(LAX).recordRun(createRun(5));
    assert.deepEqual(await policiesOf(store), [LAX, STRICT, LAX]);
    assert.equal((await verifyLedger(store)).uncovered, 9);
  });

  it('tries again after it has failed', async () => {
    await using place = await createPlace();
    await using store = await place.open();
    let failures = 1;
    const insert: Store['events']['insert'] = async (row) => {
      if (failures-- > 0) throw new Error('the disk is full');
      await store.events.insert(row);
    };
    const note = createPolicyNote({ events: { ...store.events, insert } }, clock, LAX);
    await assert.rejects(note());
    await note();
    await note();
    assert.deepEqual(await policiesOf(store), [LAX]);
  });
});
