import assert from 'node:assert/strict';
import { it } from 'node:test';

import { systemClock as clock } from '#host/base';
import { createLedger, keepCheckpoints, verifyLedger } from '#host/ledger';
import { onEachBackend } from '../../../fixtures/store/backends.ts';
import { createMaking, createRun } from '../../../fixtures/store/drafts.ts';
import { tamper } from '../../../fixtures/store/tamper.ts';

onEachBackend('keepCheckpoints', (createPlace) => {
  // Proves ledger.signed-in-time.
  it('makes one after so many records, of whatever kind', async () => {
    await using place = await createPlace();
    await using store = await place.open();
    await using _keeper = keepCheckpoints({ store, clock, records: 3, waitMs: 60_000 });
    const ledger = createLedger({ store });
    await ledger.recordRun(createRun(1));
    await ledger.recordMaking(createMaking(2));
    assert.equal((await verifyLedger(store)).checkpoints, 0);
    await ledger.recordRun(createRun(3));
    while ((await store.ledger.lastCheckpoint()) === undefined) await new Promise(setImmediate);
    assert.equal((await verifyLedger(store)).covered, 4);
  });

  it('makes one after so long', async () => {
    await using place = await createPlace();
    await using store = await place.open();
    await using _keeper = keepCheckpoints({ store, clock, waitMs: 1 });
    await createLedger({ store }).recordRun(createRun(1));
    // Timers of a keeper keep no process alive.
    const alive = setInterval(() => undefined, 1000);
    while ((await store.ledger.lastCheckpoint()) === undefined) await new Promise(setImmediate);
    clearInterval(alive);
  });

  it('looks through everything for its first one, and not for a last one alone', async () => {
    await using place = await createPlace();
    await using store = await place.open();
    const ledger = createLedger({ store });
    await ledger.recordRun(createRun(1));
    await tamper(place, 'delete from ledger_writers');
    {
      await using _keeper = keepCheckpoints({ store, clock, waitMs: 60_000 });
      await ledger.recordMaking(createMaking(2));
    }
    assert.equal((await verifyLedger(store)).uncovered, 1);
    await using _keeper = keepCheckpoints({ store, clock, records: 1 });
    await ledger.recordMaking(createMaking(3));
    while ((await store.ledger.lastCheckpoint())?.number !== 2) await new Promise(setImmediate);
    assert.equal((await verifyLedger(store)).uncovered, 0);
  });

  it('makes a last one when it is disposed, and none where there is nothing new', async () => {
    await using place = await createPlace();
    await using store = await place.open();
    await keepCheckpoints({ store, clock })[Symbol.asyncDispose]();
    assert.equal(await store.ledger.lastCheckpoint(), undefined);
    {
      await using _keeper = keepCheckpoints({ store, clock });
      await createLedger({ store }).recordRun(createRun(1));
    }
    const { checkpoints, uncovered } = await verifyLedger(store);
    assert.deepEqual([checkpoints, uncovered], [1, 0]);
    await keepCheckpoints({ store, clock })[Symbol.asyncDispose]();
    assert.equal((await store.ledger.lastCheckpoint())?.number, 1);
  });

  it('lets runs be recorded while no checkpoint can be made, and covers them when one can', async () => {
    await using place = await createPlace();
    await using store = await place.open();
    const ledger = createLedger({ store });
    await tamper(place, 'alter table ledger_checkpoints rename to elsewhere');
    const keeper = keepCheckpoints({ store, clock, records: 1 });
    await ledger.recordRun(createRun(1));
    await ledger.recordRun(createRun(2));
    await tamper(place, 'alter table elsewhere rename to ledger_checkpoints');
    await keeper[Symbol.asyncDispose]();
    const { covered, uncovered } = await verifyLedger(store);
    assert.deepEqual([covered, uncovered], [3, 0]);
  });
});
