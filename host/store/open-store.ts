// The embedded store: one file, one connection that writes in turns and one that only reads.

import { CompiledQuery, Kysely } from 'kysely';

import type { Clock } from '#host/base';
import { ChangeFeed } from './change-feed.ts';
import { prepareHome } from './home.ts';
import { checkSchema, migrate } from './migrate.ts';
import { createRepositories } from './repositories/create-repositories.ts';
import { withGroupCommit } from './repositories/run-repository.ts';
import { Connection } from './sqlite/connection.ts';
import { createDialect } from './sqlite/dialect.ts';
import { Patience } from './sqlite/patience.ts';
import { WriteLock } from './sqlite/write-lock.ts';
import type { Tables } from './tables.ts';
import type { Repositories, Store } from './types.ts';

const DEFAULT_BUSY_MS = 2000;
// Five polls fit into the 500 ms within which one process serves what another published.
const DEFAULT_POLL_MS = 100;

/** Where the state lives and how patient the store is. */
export interface StoreOptions {
  /** The folder of the database; created when missing. */
  readonly home: string;
  readonly clock: Clock;
  /** How long a request waits for other writers, in milliseconds. @default 2000 */
  readonly busyMs?: number;
  /** Time between two looks for other processes' commits while somebody watches, in milliseconds. @default 100 */
  readonly pollMs?: number;
}

/**
 * Opens the embedded database of a home, creating or upgrading it where needed. Several processes may have it open.
 *
 * @throws STORE_NEWER when a newer Glovebox wrote it, STORE_BUSY, STORE_FULL, STORE_FAILED
 */
export async function openStore(options: StoreOptions): Promise<Store> {
  const { home, clock, busyMs = DEFAULT_BUSY_MS, pollMs = DEFAULT_POLL_MS } = options;
  const path = await prepareHome(home);
  using opening = new DisposableStack();

  const writer = opening.use(new Connection(path, { readOnly: false }));
  const lock = new WriteLock();
  const write = new Kysely<Tables>({ dialect: createDialect({ connection: writer, clock, busyMs, lock }) });
  await checkSchema(write);
  await new Patience(clock, busyMs).retry(() => writer.execute(WRITER_SETTINGS));
  await migrate(write);

  const reader = opening.use(new Connection(path, { readOnly: true }));
  const read = new Kysely<Tables>({ dialect: createDialect({ connection: reader, clock, busyMs }) });
  const repositories = createRepositories({ read, write });
  const feed = new ChangeFeed({
    commitStamp: () => commitStamp(read),
    revisions: () => repositories.revisions.all(),
    pollMs,
  });

  const connections = opening.move();
  return {
    ...repositories,
    runs: withGroupCommit(repositories.runs, write),
    transaction: (work) => inTransaction(write, work),
    watch: (listener) => feed.watch(listener),
    async [Symbol.asyncDispose]() {
      feed[Symbol.dispose]();
      await lock.close();
      checkpoint(writer);
      connections.dispose();
    },
  };
}

// NORMAL: a commit survives the death of the process without waiting for the disk; a power cut may cost the last ones.
// The size limit gives back the space of a log that one burst has made large.
const WRITER_SETTINGS = `
  pragma journal_mode = wal;
  pragma synchronous = normal;
  pragma journal_size_limit = ${16 * 1024 * 1024};
`;

function inTransaction<Result>(
  write: Kysely<Tables>,
  work: (repositories: Repositories) => Promise<Result>,
): Promise<Result> {
  return write
    .transaction()
    .execute((transaction) => work(createRepositories({ read: transaction, write: transaction })));
}

/** SQLite's own counter: it moves when any connection but the asking one has committed. */
async function commitStamp(read: Kysely<Tables>): Promise<number> {
  const { rows } = await read.executeQuery<{ data_version: number }>(CompiledQuery.raw('pragma data_version'));
  return rows[0]?.data_version ?? 0;
}

/** Moves the log into the database, so that a closed home is one file. */
function checkpoint(writer: Connection): void {
  try {
    writer.execute('pragma wal_checkpoint(truncate)');
  } catch {
    // Another process has it open or the disk is full: whoever opens the home next reads the log.
  }
}
