import assert from 'node:assert/strict';
import { it } from 'node:test';

import { systemClock as clock } from '#host/base';
import { makeCheckpoint, verifyLedger } from '#host/ledger';
import { onEachBackend } from '../../../../fixtures/store/backends.ts';
import { createRunRow } from '../../../../fixtures/store/rows.ts';
import { linksOf } from '../../../../fixtures/store/tamper.ts';

onEachBackend('RunChain', (createPlace) => {
  it('links runs in the order in which they arrived', async () => {
    await using place = await createPlace();
    await using store = await place.open();
    const rows = [3000, 1000, 2000].map((at) => createRunRow(at));
    await Promise.all(rows.map((row) => store.runs.insert(row)));
    assert.deepEqual(
      (await linksOf(store)).map(({ sequence, subject }) => [sequence, subject]),
      rows.map(({ run_id: id }, index) => [index + 1, id]),
    );
  });

  it('begins another chain after a group that failed, and none has a gap', async () => {
    await using place = await createPlace();
    await using store = await place.open();
    const first = createRunRow(1000);
    await store.runs.insert(first);
    await assert.rejects(store.runs.insert(first), { code: 'STORE_FAILED' });
    await store.runs.insert(createRunRow(2000));
    const links = await linksOf(store);
    assert.deepEqual([new Set(links.map(({ writer }) => writer)).size, links.length], [2, 2]);
    assert.equal((await verifyLedger(store)).uncovered, 2);
  });

  it('may be retired at any time: what it holds and what comes later is covered all the same', async () => {
    await using place = await createPlace();
    await using store = await place.open();
    await store.runs.insert(createRunRow(1000));
    await store.retireChains();
    assert.equal((await store.ledger.uncovered()).length, 1);
    await makeCheckpoint(store, clock);
    await store.retireChains();
    await store.runs.insert(createRunRow(2000));
    const { heads } = await makeCheckpoint(store, clock);
    assert.deepEqual(
      heads.map(({ sequence }) => sequence),
      [1],
    );
    assert.equal((await verifyLedger(store)).uncovered, 0);
  });
});
