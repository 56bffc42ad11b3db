import assert from 'node:assert/strict';
import { it } from 'node:test';

import { LOCAL_PRINCIPAL, systemClock as clock } from '#host/base';
import { createLedger, makeCheckpoint, rotateKey } from '#host/ledger';
import type { Store } from '#host/store';
import { dropLinks } from '../../../../host/ledger/drop-links.ts';
import { onEachBackend } from '../../../fixtures/store/backends.ts';
import { createRun } from '../../../fixtures/store/drafts.ts';
import { linksOf, tamper } from '../../../fixtures/store/tamper.ts';

const { tenant } = LOCAL_PRINCIPAL;

async function recordRuns(store: Store, from: number, count: number): Promise<readonly string[]> {
  const runs = Array.from({ length: count }, (_, index) => createRun(from + index));
  for (const run of runs) await createLedger({ store }).recordRun(run);
  return runs.map(({ runId }) => runId);
}

/** Takes the oldest runs, and the links that can go with them; what is left are the runs that have links. */
async function prune(store: Store, upTo: string | undefined, count: number): Promise<readonly string[]> {
  await store.runs.deleteUpTo(tenant, upTo ?? '', count);
  await dropLinks(store, clock, new Map([[tenant, upTo ?? '']]));
  return (await linksOf(store)).filter(({ kind }) => kind === 'run').map(({ subject }) => subject);
}

onEachBackend('dropLinks', (createPlace) => {
  it('keeps the link of a run that is there, however old it is', async () => {
    await using place = await createPlace();
    await using store = await place.open();
    const runs = await recordRuns(store, 1, 4);
    await makeCheckpoint(store, clock);
    // The second one was recorded late, when all up to the third had been taken.
    assert.deepEqual(await prune(store, runs[2], 1), runs.slice(1));
  });

  it('keeps links that no checkpoint covers, until one does', async () => {
    await using place = await createPlace();
    await using store = await place.open();
    const runs = await recordRuns(store, 1, 3);
    assert.deepEqual(await prune(store, runs[1], 2), runs);
    await makeCheckpoint(store, clock);
    assert.deepEqual(await prune(store, runs[1], 2), runs.slice(2));
  });

  it('shortens a chain again, from where a signed event says that it begins', async () => {
    await using place = await createPlace();
    await using store = await place.open();
    const runs = await recordRuns(store, 1, 5);
    await makeCheckpoint(store, clock);
    assert.deepEqual(await prune(store, runs[1], 2), runs.slice(2));
    assert.deepEqual(await prune(store, runs[2], 1), runs.slice(3));
    // The key that said so is believed no more: what is left of this chain stays.
    await rotateKey(store, clock);
    assert.deepEqual(await prune(store, runs[3], 1), runs.slice(3));
  });

  it('looks behind chains that it cannot shorten', async () => {
    await using place = await createPlace();
    await using store = await place.open();
    const stuck: string[] = [];
    for (let chain = 0; chain < 6; chain += 1) {
      await using other = await place.open();
      stuck.push(...(await recordRuns(other, 1 + chain, 1)));
    }
    const runs = await recordRuns(store, 1000, 2);
    await makeCheckpoint(store, clock);
    // As if those before them had gone under another key.
    await tamper(place, `update ledger_entries set sequence = 2 where subject in ('${stuck.join("', '")}')`);
    assert.deepEqual(await prune(store, runs[0], 7), [...stuck, ...runs.slice(1)]);
  });
});
