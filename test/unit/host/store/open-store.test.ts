import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import { describe, it } from 'node:test';

import { systemClock } from '#host/base';
import { openStore, type Store } from '#host/store';
import { createTemporaryHome } from '../../../fixtures/store/temporary-home.ts';

const bumpTwice = (store: Store): Promise<number[]> =>
  store.transaction(async ({ revisions }) => {
    const first = await revisions.bump('a', 'tools');
    await new Promise((resolve) => setImmediate(resolve));
    return [first, await revisions.bump('a', 'tools')];
  });

describe('openStore', () => {
  it('writes all of a transaction or nothing', async () => {
    await using home = await createTemporaryHome();
    await using store = await openStore({ home: home.path, clock: systemClock });
    const failing = store.transaction(async ({ revisions }) => {
      await revisions.bump('a', 'tools');
      throw new Error('second thoughts');
    });
    await assert.rejects(failing, /second thoughts/);
    assert.deepEqual(await store.revisions.all(), []);
  });

  it('never interleaves two transactions', async () => {
    await using home = await createTemporaryHome();
    await using store = await openStore({ home: home.path, clock: systemClock });
    const results = await Promise.all([1, 2, 3].map(() => bumpTwice(store)));
    assert.deepEqual(results, [
      [1, 2],
      [3, 4],
      [5, 6],
    ]);
  });

  it('reads while a transaction is open, and does not see it', async () => {
    await using home = await createTemporaryHome();
    await using store = await openStore({ home: home.path, clock: systemClock });
    await store.transaction(async ({ revisions }) => {
      await revisions.bump('a', 'tools');
      assert.deepEqual(await store.revisions.all(), []);
    });
    assert.deepEqual(
      (await store.revisions.all()).map(({ revision }) => revision),
      [1],
    );
  });

  it('rejects with STORE_BUSY a request that its own process keeps waiting', async () => {
    await using home = await createTemporaryHome();
    await using store = await openStore({ home: home.path, clock: systemClock, busyMs: 20 });
    const gate = Promise.withResolvers<void>();
    const holder = store.transaction(() => gate.promise);
    await assert.rejects(bumpTwice(store), { code: 'STORE_BUSY' });
    gate.resolve();
    await holder;
    assert.deepEqual(await bumpTwice(store), [1, 2]);
  });

  it('lets what runs finish, then leaves one file behind and refuses', async () => {
    await using home = await createTemporaryHome();
    const store = await openStore({ home: home.path, clock: systemClock });
    const running = bumpTwice(store);
    await store[Symbol.asyncDispose]();
    assert.deepEqual(await running, [1, 2]);
    assert.deepEqual(await readdir(home.path), ['glovebox.db']);
    await assert.rejects(bumpTwice(store), { code: 'STORE_FAILED', data: { reason: 'closed' } });
    await store[Symbol.asyncDispose]();
  });

  it('tells of a commit within a poll', async () => {
    await using home = await createTemporaryHome();
    await using watching = await openStore({ home: home.path, clock: systemClock, pollMs: 5 });
    await using writing = await openStore({ home: home.path, clock: systemClock });
    const told = Promise.withResolvers<number>();
    using _watch = watching.watch(({ revision }) => told.resolve(revision));
    await bumpTwice(writing);
    // The poll does not keep a process alive; the test must.
    const alive = setTimeout(() => undefined, 5000);
    assert.equal(await told.promise, 2);
    clearTimeout(alive);
  });
});
