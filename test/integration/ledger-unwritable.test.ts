// A store that can no longer be written while a call runs: the call fails with a code, and nothing is acknowledged that is
// not on record.

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, it } from 'node:test';

import { LOCAL_PRINCIPAL as principal, parseDatabaseAddress, systemClock as clock } from '#host/base';
import { makeCheckpoint, verifyLedger } from '#host/ledger';
import { openStore } from '#host/store';
import { isCodedError } from '#sandbox';
import { openStage, type Stage } from '../fixtures/calling/stage.ts';
import { onPostgres } from '../fixtures/store/backends.ts';
import { startCuttingProxy } from '../fixtures/store/cutting-proxy.ts';
import type { Place } from '../fixtures/store/place.ts';
import { fill, mountSmallDisk, whyNoSmallDisk } from '../fixtures/store/small-disk.ts';

/** Long enough for what happens to the store meanwhile. */
const SLOW = 'await host.sleep(300); return { text: input.text };';
const TEXT = 'x'.repeat(60_000);

/** The id of the run when it was acknowledged, else the code it failed with. */
async function callSlow({ caller }: Stage): Promise<{ readonly runId?: string; readonly code?: string }> {
  try {
    const { runId } = await caller.call({ principal, tool: 'slow', input: { text: TEXT } });
    return { runId };
  } catch (error) {
    assert.ok(isCodedError(error), String(error));
    return { code: error.code };
  }
}

describe('a call while the disk fills', { skip: await whyNoSmallDisk() }, () => {
  // Proves ledger.unwritable.
  it('fails with STORE_FULL, and what was acknowledged is on record', { timeout: 60_000 }, async () => {
    await using disk = await mountSmallDisk();
    const home = join(disk.path, 'home');
    const open: Place['open'] = (options) => openStore({ clock, home, ...options });
    await using stage = await openStage({
      place: { where: { home }, args: [home, ''], open, [Symbol.asyncDispose]: async () => undefined },
    });
    await stage.make('slow', SLOW);
    const before = await callSlow(stage);
    const calls = Array.from({ length: 30 }, () => callSlow(stage));
    const empty = await fill(disk.path);
    const during = await Promise.all(calls);
    await empty();
    const after = await callSlow(stage);
    const refused = during.flatMap(({ code }) => code ?? []);
    assert.deepEqual(new Set(refused), new Set(['STORE_FULL']));
    await assertOnRecord(stage, [before, ...during, after]);
  });
});

onPostgres('a call while the database goes away', (createPlace) => {
  // Proves ledger.unwritable.
  it('fails with STORE_FAILED, and what was acknowledged is on record', { timeout: 60_000 }, async () => {
    await using place = await createPlace();
    const [home, url] = place.args;
    const proxy = await startCuttingProxy(url);
    const database = parseDatabaseAddress(proxy.url);
    assert.ok(database);
    const open: Place['open'] = (options) => openStore({ clock, home, database, ...options });
    const stage = await openStage({ place: { ...place, open } });
    await stage.make('slow', SLOW);
    const before = await callSlow(stage);
    const calls = Array.from({ length: 5 }, () => callSlow(stage));
    await proxy[Symbol.asyncDispose]();
    const during = await Promise.all(calls);
    assert.deepEqual(new Set(during.map(({ code }) => code)), new Set(['STORE_FAILED']));
    await stage[Symbol.asyncDispose]();

    await using again = await openStage({ place });
    const after = await callSlow(again);
    await assertOnRecord(again, [before, ...during, after]);
  });
});

async function assertOnRecord(stage: Stage, results: readonly { readonly runId?: string }[]): Promise<void> {
  const acknowledged = results.flatMap(({ runId }) => runId ?? []);
  assert.ok(acknowledged.length >= 2);
  const recorded = new Set((await stage.runs('slow')).map(({ runId }) => runId));
  assert.deepEqual(
    acknowledged.filter((runId) => !recorded.has(runId)),
    [],
  );
  await makeCheckpoint(stage.store, clock);
  assert.equal((await verifyLedger(stage.store)).uncovered, 0);
}
