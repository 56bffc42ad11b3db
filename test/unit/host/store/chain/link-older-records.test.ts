import assert from 'node:assert/strict';
import { it } from 'node:test';

import { systemClock as clock } from '#host/base';
import { createLedger, makeCheckpoint, verifyLedger } from '#host/ledger';
import { onEachBackend } from '../../../../fixtures/store/backends.ts';
import { createMaking } from '../../../../fixtures/store/drafts.ts';
import { createRunRow } from '../../../../fixtures/store/rows.ts';
import { linksOf, tamper } from '../../../../fixtures/store/tamper.ts';

/** What a store of before there were links holds. */
const WITHOUT_LINKS = [
  'delete from ledger_entries',
  'delete from ledger_writers',
  'delete from ledger_checkpoints',
  'delete from ledger_events',
  'delete from keys',
];
const COLUMNS = ['bytes', 'failure_digest', 'logs_digest', 'waiting_digest'];

onEachBackend('linkOlderRecords', (createPlace) => {
  it('links what was there before, and nothing twice', async () => {
    await using place = await createPlace();
    const rows = Array.from({ length: 250 }, (_, at) => createRunRow(at + 1));
    {
      await using store = await place.open();
      await Promise.all(rows.map((row) => store.runs.insert(row)));
      await store.runs.insert(createRunRow(1, { tenant: 'elsewhere' }));
      await createLedger({ store }).recordMaking(createMaking(1));
    }
    await tamper(place, ...WITHOUT_LINKS, ...COLUMNS.map((column) => `alter table runs drop column ${column}`));
    await tamper(place, 'drop index ledger_entries_by_subject', 'update glovebox_schema set version = 4');

    await using store = await place.open();
    assert.deepEqual(await verifyLedger(store), { checkpoints: 0, covered: 0, uncovered: 252, pruned: 0 });
    assert.deepEqual(
      [...new Set((await linksOf(store)).map(({ writer }) => writer))],
      ['older_making_local', 'older_run_elsewhere', 'older_run_local'],
    );
    await makeCheckpoint(store, clock);
    assert.equal((await verifyLedger(store)).covered, 253);
  });
});
