// A store: repositories, transactions and a feed of changes over a database.

import { hostError, type Clock } from '#host/base';
import type { CodedError } from '#sandbox';
import { appendToEventChain } from './chain/event-chain.ts';
import type { ChainRecord } from './chain/record.ts';
import { RunChain } from './chain/run-chain.ts';
import { ChangeFeed } from './change-feed.ts';
import type { Database } from './database.ts';
import { createGroupCommit } from './group-commit.ts';
import { migrate, readSchema } from './migrate.ts';
import { openDatabase, type StoreOptions } from './open-database.ts';
import { createRepositories } from './repositories/create-repositories.ts';
import type { Repositories, SchemaState, Store } from './types.ts';

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
  const { read, write, announce, holdLedger } = database;
  const repositories = createRepositories({ read, write, announce, holdLedger, seal: refuseToSeal });
  const appendListeners = new Set<(records: number) => void>();
  const tellAppended = (records: number): void => {
    for (const listener of appendListeners) listener(records);
  };
  const runChain = new RunChain(database, clock, tellAppended);
  const feed = new ChangeFeed({
    revisions: () => repositories.revisions.all(),
    follow: (look) => database.follow(look),
  });

  async function transaction<Result>(work: (rows: Repositories) => Promise<Result>): Promise<Result> {
    let appended = 0;
    const result = await database.transaction(async (db) => {
      const records: ChainRecord[] = [];
      const seal = (record: ChainRecord): unknown => records.push(record);
      const returned = await work(createRepositories({ read: db, write: db, announce, holdLedger, seal }));
      await appendToEventChain(database, db, records);
      appended = records.length;
      return returned;
    });
    if (appended > 0) tellAppended(appended);
    return result;
  }

  return {
    ...repositories,
    runs: {
      ...repositories.runs,
      insert: createGroupCommit((rows) => runChain.append(rows), database.runsAtOnce),
    },
    makings: { ...repositories.makings, insert: (row) => transaction(({ makings }) => makings.insert(row)) },
    events: { ...repositories.events, insert: (row) => transaction(({ events }) => events.insert(row)) },
    transaction,
    watch: (listener) => feed.watch(listener),
    watchAppends: (listener) => {
      appendListeners.add(listener);
      return { [Symbol.dispose]: () => void appendListeners.delete(listener) };
    },
    retireChains: () => runChain.retire(),
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

/** Outside a transaction a row and its link would not be written together. */
function refuseToSeal(): never {
  throw hostError('INTERNAL', 'a row of the ledger was written outside a transaction');
}

function storeOlder({ present, target }: SchemaState): CodedError {
  return hostError(
    'STORE_OLDER',
    `the store has schema ${present}, this Glovebox needs ${target}, and GLOVEBOX_MIGRATE is manual; run glovebox migrate`,
    { version: present, needed: target },
  );
}
