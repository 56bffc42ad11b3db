import assert from 'node:assert/strict';
import { it } from 'node:test';

import { onEachBackend } from '../../../../fixtures/store/backends.ts';
import { createTaskRow } from '../../../../fixtures/store/rows.ts';

onEachBackend('createTaskRepository', (createPlace) => {
  it('writes for whoever saw the present revision, and counts it up', async () => {
    await using place = await createPlace();
    await using one = await place.open();
    await using other = await place.open();
    const row = createTaskRow('t1');
    await one.tasks.insert(row);
    const writers = Array.from({ length: 20 }, (_, index) => (index % 2 === 0 ? one : other));
    const written = await Promise.all(
      writers.map(({ tasks }, index) => tasks.update(row, { state: 'completed', result: String(index) })),
    );
    assert.equal(written.filter(Boolean).length, 1);
    const result = String(written.indexOf(true));
    const found = { ...(await other.tasks.find('a', 't1')) };
    assert.deepEqual(found, { ...row, revision: 2, state: 'completed', result });
  });

  it('renews those of the leases named whose tasks still work for an owner', async () => {
    await using place = await createPlace();
    await using store = await place.open();
    await store.tasks.insert(createTaskRow('t1'));
    await store.tasks.insert(createTaskRow('t2', { state: 'cancelled' }));
    await store.tasks.insert(createTaskRow('t3', { owner: 'q' }));
    await store.tasks.insert(createTaskRow('t4'));
    assert.deepEqual(await store.tasks.renewLeases('p', ['t1', 't2', 't3'], 70), ['t1']);
    const leases = await Promise.all(['t1', 't2', 't3', 't4'].map((taskId) => store.tasks.find('a', taskId)));
    assert.deepEqual(
      leases.map((row) => row?.leased_until),
      [70, 50, 50, 50],
    );
    // A lease is not a change: whoever read the row before may still write it.
    assert.equal(leases[0]?.revision, 1);
  });

  it('counts the tasks of a principal that are open', async () => {
    await using place = await createPlace();
    await using store = await place.open();
    await store.tasks.insert(createTaskRow('t1'));
    await store.tasks.insert(createTaskRow('t2', { state: 'input_required' }));
    await store.tasks.insert(createTaskRow('t3', { state: 'completed' }));
    await store.tasks.insert(createTaskRow('t4', { principal: 'you' }));
    await store.tasks.insert(createTaskRow('t5', { tenant: 'b' }));
    await store.tasks.insert(createTaskRow('t6', { leased_until: 4 }));
    await store.tasks.insert(createTaskRow('t7', { state: 'input_required', expires_at: 5 }));
    assert.equal(await store.tasks.countOpen('a', 'me', 5), 2);
  });

  it('deletes what expired before now, some at a time', async () => {
    await using place = await createPlace();
    await using store = await place.open();
    for (const [taskId, expiresAt] of [
      ['t1', 10],
      ['t2', 20],
      ['t3', 30],
    ] as const) {
      await store.tasks.insert(createTaskRow(taskId, { expires_at: expiresAt }));
    }
    assert.equal(await store.tasks.prune(30, 1), 1);
    assert.equal(await store.tasks.prune(30, 5), 1);
    assert.equal((await store.tasks.find('a', 't3'))?.expires_at, 30);
  });
});
