import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import { it } from 'node:test';
import { setImmediate as nextTurn } from 'node:timers/promises';

import type { Store } from '#host/store';
import { onEachBackend, onSqlite } from '../../../fixtures/store/backends.ts';

const bumpTwice = (store: Store): Promise<number[]> =>
  store.transaction(async ({ revisions }) => {
    const first = await revisions.bump('a', 'tools');
    await nextTurn();
    return [first, await revisions.bump('a', 'tools')];
  });

onEachBackend('openStore', (createPlace) => {
  it('writes all of a transaction or nothing', async () => {
    await using place = await createPlace();
    await using store = await place.open();
    const failing = store.transaction(async ({ revisions }) => {
      await revisions.bump('a', 'tools');
      throw new Error('second thoughts');
    });
    await assert.rejects(failing, /second thoughts/);
    assert.deepEqual(await store.revisions.all(), []);
  });

  it('lets transactions that change the same wait for each other', async () => {
    await using place = await createPlace();
    await using store = await place.open();
    await using another = await place.open();
    const results = await Promise.all([store, another, store].map(bumpTwice));
    assert.deepEqual(
      results.flat().sort((a, b) => a - b),
      [1, 2, 3, 4, 5, 6],
    );
    for (const [first = 0, second] of results) assert.equal(second, first + 1);
  });

  it('reads while a transaction is open, and does not see it', async () => {
    await using place = await createPlace();
    await using store = await place.open();
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
    await using place = await createPlace();
    await using store = await place.open({ busyMs: 50 });
    const held = Promise.withResolvers<void>();
    const gate = Promise.withResolvers<void>();
    const holder = store.transaction(async ({ revisions }) => {
      await revisions.bump('a', 'tools');
      held.resolve();
      await gate.promise;
    });
    await held.promise;
    await assert.rejects(bumpTwice(store), { code: 'STORE_BUSY', kind: 'unavailable', fault: 'host' });
    gate.resolve();
    await holder;
    assert.deepEqual(await bumpTwice(store), [2, 3]);
  });

  it('lets what runs finish, then refuses', async () => {
    await using place = await createPlace();
    const store = await place.open();
    const running = bumpTwice(store);
    await store[Symbol.asyncDispose]();
    assert.deepEqual(await running, [1, 2]);
    await assert.rejects(bumpTwice(store), { code: 'STORE_FAILED', data: { reason: 'closed' } });
    await assert.rejects(store.revisions.all(), { code: 'STORE_FAILED' });
    await store[Symbol.asyncDispose]();
  });

  it('tells of the present revisions first, then of every commit of another process', async () => {
    await using place = await createPlace();
    await using watching = await place.open({ pollMs: 5 });
    await using writing = await place.open();
    await bumpTwice(writing);
    const told = [Promise.withResolvers<number>(), Promise.withResolvers<number>()];
    using _watch = watching.watch(({ revision }) => told[revision === 2 ? 0 : 1]?.resolve(revision));
    // A watch does not keep a process alive; the test must.
    const alive = setTimeout(() => undefined, 5000);
    assert.equal(await told[0]?.promise, 2);
    await writing.transaction(({ revisions }) => revisions.bump('a', 'tools'));
    assert.equal(await told[1]?.promise, 3);
    clearTimeout(alive);
  });

  it('knows its engine, its schema and how fast it answers', async () => {
    await using place = await createPlace();
    await using store = await place.open();
    const { engine, version, schema, latencyMs } = await store.examine();
    assert.equal(engine, place.where.database === undefined ? 'sqlite' : 'postgresql');
    assert.match(version, /^\d+\.\d+(\.\d+)?$/);
    assert.equal(schema, 6);
    assert.ok(latencyMs > 0 && latencyMs < 5000);
  });
});

onSqlite('openStore', (createPlace) => {
  it('leaves one file behind', async () => {
    await using place = await createPlace();
    const store = await place.open();
    await bumpTwice(store);
    await store[Symbol.asyncDispose]();
    assert.deepEqual(await readdir(place.where.home), ['glovebox.db']);
  });
});
