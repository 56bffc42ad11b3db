import assert from 'node:assert/strict';
import { it } from 'node:test';

import { onEachBackend } from '../../../../fixtures/store/backends.ts';
import { createSuspensionRow } from '../../../../fixtures/store/rows.ts';

onEachBackend('createSuspensionRepository', (createPlace) => {
  // Proves store.taken-once.
  it('hands a row to one taker only, however many ask at once in two processes', async () => {
    await using place = await createPlace();
    await using one = await place.open();
    await using other = await place.open();
    const row = createSuspensionRow('run_1');
    await one.suspensions.insert(row);
    const takers = Array.from({ length: 20 }, (_, index) => (index % 2 === 0 ? one : other));
    const taken = await Promise.all(takers.map(({ suspensions }) => suspensions.take('a', 'run_1')));
    assert.deepEqual(
      taken.flatMap((each) => (each === undefined ? [] : [{ ...each }])),
      [row],
    );
    await one.suspensions.insert(row);
    assert.equal((await other.suspensions.take('a', 'run_1'))?.run_id, 'run_1');
  });

  it('hands nothing to another tenant', async () => {
    await using place = await createPlace();
    await using store = await place.open();
    await store.suspensions.insert(createSuspensionRow('run_1'));
    assert.equal(await store.suspensions.take('b', 'run_1'), undefined);
  });

  it('deletes what expired before now, some at a time', async () => {
    await using place = await createPlace();
    await using store = await place.open();
    for (const [runId, expiresAt] of [
      ['run_1', 10],
      ['run_2', 20],
      ['run_3', 29],
      ['run_4', 30],
    ] as const) {
      await store.suspensions.insert(createSuspensionRow(runId, { expires_at: expiresAt }));
    }
    assert.equal(await store.suspensions.prune(30, 2), 2);
    assert.equal(await store.suspensions.prune(30, 2), 1);
    assert.equal(await store.suspensions.prune(30, 2), 0);
    assert.equal((await store.suspensions.take('a', 'run_4'))?.expires_at, 30);
  });

  it('trims the oldest of one principal', async () => {
    await using place = await createPlace();
    await using store = await place.open();
    for (const runId of ['run_1', 'run_2', 'run_3', 'run_4']) {
      await store.suspensions.insert(createSuspensionRow(runId));
    }
    await store.suspensions.insert(createSuspensionRow('run_0', { principal: 'you' }));
    assert.equal(await store.suspensions.trim('a', 'me', 2, 10), 2);
    const left = await Promise.all(
      ['run_0', 'run_1', 'run_2', 'run_3', 'run_4'].map((runId) => store.suspensions.take('a', runId)),
    );
    assert.deepEqual(
      left.map((row) => row?.run_id),
      ['run_0', undefined, undefined, 'run_3', 'run_4'],
    );
  });
});
