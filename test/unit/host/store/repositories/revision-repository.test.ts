import assert from 'node:assert/strict';
import { it } from 'node:test';

import { onEachBackend } from '../../../../fixtures/store/backends.ts';

onEachBackend('createRevisionRepository', (createPlace) => {
  it('holds back whoever would change the same, and lets them see what was written', async () => {
    await using place = await createPlace();
    await using one = await place.open();
    await using other = await place.open();
    const order: string[] = [];
    const gate = Promise.withResolvers<void>();
    const first = one.transaction(async ({ revisions, tools }) => {
      await revisions.hold('a', 'tools');
      order.push('first holds');
      await gate.promise;
      await tools.ensureTool('a', 'roi');
      order.push('first wrote');
    });
    while (order.length === 0) await new Promise((resolve) => setImmediate(resolve));
    const second = other.transaction(async ({ revisions, tools }) => {
      await revisions.hold('a', 'tools');
      order.push(`second saw ${(await tools.findHead('a', 'roi'))?.name ?? 'nothing'}`);
    });
    gate.resolve();
    await Promise.all([first, second]);
    assert.deepEqual(order, ['first holds', 'first wrote', 'second saw roi']);
  });

  it('counts by tenant and topic', async () => {
    await using place = await createPlace();
    await using store = await place.open();
    assert.equal(await store.revisions.bump('a', 'tools'), 1);
    assert.equal(await store.revisions.bump('a', 'tools'), 2);
    assert.equal(await store.revisions.bump('a', 'quarantines'), 1);
    assert.equal(await store.revisions.bump('b', 'tools'), 1);
    await store.revisions.hold('b', 'tools');
    assert.equal((await store.revisions.all()).length, 3);
    assert.equal(await store.revisions.bump('b', 'tools'), 2);
  });
});
