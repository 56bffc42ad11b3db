import assert from 'node:assert/strict';
import { it } from 'node:test';

import { systemClock as clock } from '#host/base';
import { createLedger, listEvents, makeCheckpoint, verifyLedger } from '#host/ledger';
import type { Store } from '#host/store';
import { onEachBackend } from '../../../fixtures/store/backends.ts';
import { createRun } from '../../../fixtures/store/drafts.ts';
import { tamper } from '../../../fixtures/store/tamper.ts';

onEachBackend('makeCheckpoint', (createPlace) => {
  it('gives the newest again where nothing came after it', async () => {
    await using place = await createPlace();
    await using store = await place.open();
    await createLedger({ store }).recordRun(createRun(1));
    const made = await makeCheckpoint(store, clock);
    assert.deepEqual(await makeCheckpoint(store, clock), made);
    assert.deepEqual(await makeCheckpoint(store, clock, { thorough: true }), made);
  });

  it('has one key made, however many need it at once', async () => {
    await using place = await createPlace();
    await using store = await place.open();
    await using other = await place.open();
    await createLedger({ store }).recordRun(createRun(1));
    const made = await Promise.all([store, other, store, other].map((each) => makeCheckpoint(each, clock)));
    assert.equal(new Set(made.map(({ publicKey }) => publicKey)).size, 1);
    assert.equal((await listEvents(store, 'anybody', { kind: 'key.made' })).length, 1);
    assert.equal((await verifyLedger(store)).uncovered, 0);
  });

  // Proves ledger.signed-in-time.
  it('signs, when it is thorough, what was taken off the list or out of a checkpoint', async () => {
    await using place = await createPlace();
    await using store = await place.open();
    const ledger = createLedger({ store });
    await ledger.recordRun(createRun(1));
    await makeCheckpoint(store, clock);
    await ledger.recordRun(createRun(2));
    const second = await makeCheckpoint(store, clock);
    await tamper(place, 'delete from ledger_checkpoints where number = 2');
    assert.equal((await makeCheckpoint(store, clock)).number, 1);
    const again = await makeCheckpoint(store, clock, { thorough: true });
    assert.deepEqual([again.number, again.heads], [2, second.heads]);
    await tamper(place, 'delete from ledger_writers');
    await ledger.recordRun(createRun(3));
    assert.equal((await makeCheckpoint(store, clock)).number, 2);
    assert.equal((await makeCheckpoint(store, clock, { thorough: true })).number, 3);
    assert.equal((await verifyLedger(store)).uncovered, 0);
    // The chain is on the list again.
    await ledger.recordRun(createRun(4));
    assert.equal((await makeCheckpoint(store, clock)).number, 4);
  });

  it('lets others write while it looks through all checkpoints, and covers nothing twice', async () => {
    await using place = await createPlace();
    await using store = await place.open();
    await using other = await place.open();
    await createLedger({ store }).recordRun(createRun(1));
    await makeCheckpoint(store, clock);
    await createLedger({ store }).recordRun(createRun(2));
    let looks = 0;
    const checkpoints: Store['ledger']['checkpoints'] = async (...which) => {
      const rows = await store.ledger.checkpoints(...which);
      looks += 1;
      await createLedger({ store: other }).recordRun(createRun(2 + looks));
      await makeCheckpoint(other, clock);
      return rows;
    };
    await makeCheckpoint({ ...store, ledger: { ...store.ledger, checkpoints } }, clock, { thorough: true });
    assert.equal(looks, 1);
    assert.deepEqual(await verifyLedger(store), { checkpoints: 2, covered: 4, uncovered: 0, pruned: 0 });
  });
});
