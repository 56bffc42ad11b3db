// A store: repositories, transactions and a feed of changes over a database.

import { hostError, type Clock } from '#host/base';
import type { CodedError } from '#sandbox';
import { ChangeFeed } from './change-feed.ts';
import type { Database } from './database.ts';
import { createGroupCommit } from './group-commit.ts';
import { migrate, readSchema } from './migrate.ts';
import { openDatabase, type StoreOptions } from './open-database.ts';
import { createRepositories } from './repositories/create-repositories.ts';
import type { SchemaState, Store } from './types.ts';

/**
 * Opens a store, creating or upgrading it where needed. Several processes may have it open.
 *
 * @throws STORE_NEWER when a newer Glovebox wrote it
 * @throws STORE_OLDER when its schema is not up to date and `migrate` is manual
 * @throws STORE_BUSY, STORE_FULL, STORE_FAILED
 */
export async function openStore(options: StoreOptions): Promise<Store> {
  await using opening = new AsyncDisposableStack();
  const database = opening.use(await openDatabase(options));
  const state = await readSchema(database, database.write);
  const isCurrent = state.missing.length === 0;
  if (!isCurrent && options.migrate === 'manual') throw storeOlder(state);
  await database.prepare();
  if (!isCurrent) await migrate(database);
  opening.move();
  return createStore(database, options.clock);
}

function createStore(database: Database, clock: Clock): Store {
  const { read, write, announce } = database;
  const repositories = createRepositories({ read, write, announce });
  const feed = new ChangeFeed({
    revisions: () => repositories.revisions.all(),
    follow: (look) => database.follow(look),
  });
  return {
    ...repositories,
    runs: {
      ...repositories.runs,
      insert: createGroupCommit((rows) => database.insertRuns(rows), database.runsAtOnce),
    },
    transaction: (work) => database.transaction((db) => work(createRepositories({ read: db, write: db, announce }))),
    watch: (listener) => feed.watch(listener),
    examine: async () => {
      const startedAt = clock.elapsed();
      const { present } = await readSchema(database, read);
      const latencyMs = clock.elapsed() - startedAt;
      return { ...(await database.describe()), schema: present, latencyMs };
    },
    async [Symbol.asyncDispose]() {
      feed[Symbol.dispose]();
      await database[Symbol.asyncDispose]();
    },
  };
}

function storeOlder({ present, target }: SchemaState): CodedError {
  return hostError(
    'STORE_OLDER',
    `the store has schema ${present}, this Glovebox needs ${target}, and GLOVEBOX_MIGRATE is manual; run glovebox migrate`,
    { version: present, needed: target },
  );
}
