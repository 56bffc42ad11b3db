import assert from 'node:assert/strict';
import { it } from 'node:test';

import { onEachBackend } from '../../../../fixtures/store/backends.ts';

onEachBackend('createConvictionRepository', (createPlace) => {
  it('counts a run once, and what came after a time', async () => {
    await using place = await createPlace();
    await using store = await place.open();
    const conviction = { tenant: 'a', digest: 'dd', code: 'LIMIT_WALL' };
    for (const [runId, at] of [
      ['run_1', 10],
      ['run_2', 20],
      ['run_2', 30],
    ] as const) {
      await store.convictions.add({ ...conviction, run_id: runId, convicted_at: at });
    }
    assert.equal(await store.convictions.count('a', 'dd', 0), 2);
    assert.equal(await store.convictions.count('a', 'dd', 10), 1);
    await store.convictions.forget('a', 'dd', 10);
    assert.equal(await store.convictions.count('a', 'dd', 0), 1);
    await store.convictions.forget('a', 'dd');
    assert.equal(await store.convictions.count('a', 'dd', 0), 0);
  });

  it('tells the one that put a version into quarantine, and the one that took it out', async () => {
    await using place = await createPlace();
    await using one = await place.open();
    await using other = await place.open();
    const row = { tenant: 'a', digest: 'dd', quarantined_at: 1 };
    const put = await Promise.all([one, other, one].map(({ convictions }) => convictions.quarantine(row)));
    assert.equal(put.filter(Boolean).length, 1);
    assert.deepEqual(await other.convictions.quarantined('a'), ['dd']);
    const lifted = await Promise.all([one, other, one].map(({ convictions }) => convictions.lift('a', 'dd')));
    assert.equal(lifted.filter(Boolean).length, 1);
  });
});
