// The embedded database: one file, one connection that writes in turns and one that only reads.

import { setImmediate as nextTurn } from 'node:timers/promises';

import { CompiledQuery, Kysely } from 'kysely';

import type { Clock, Durability } from '#host/base';
import type { Database } from '../database.ts';
import { Patience } from '../patience.ts';
import type { LedgerEntryRow, RunRow, Tables } from '../tables.ts';
import { pollCommits } from './commit-poll.ts';
import { Connection } from './connection.ts';
import { createDialect, withReadError } from './dialect.ts';
import { InsertStatements } from './insert-statements.ts';
import { WriteLock } from './write-lock.ts';

/** Where the file is and how patient requests are. */
export interface SqliteOptions {
  readonly path: string;
  readonly clock: Clock;
  readonly durability: Durability;
  readonly busyMs: number;
  readonly pollMs: number;
}

/** Opens a file that is there, and leaves it as it is. @throws STORE_FULL, STORE_FAILED */
export function openSqlite({ path, clock, durability, busyMs, pollMs }: SqliteOptions): Database {
  using opening = new DisposableStack();
  const writer = opening.use(new Connection(path, { readOnly: false }));
  const lock = new WriteLock();
  const write = new Kysely<Tables>({ dialect: createDialect({ connection: writer, clock, busyMs, lock }) });
  const reader = opening.use(new Connection(path, { readOnly: true }));
  const read = new Kysely<Tables>({ dialect: createDialect({ connection: reader, clock, busyMs }) });

  const statements = new InsertStatements(write);
  const transaction: Database['transaction'] = (work) => write.transaction().execute(work);
  const connections = opening.move();
  return {
    read,
    write,
    prepare: () =>
      new Patience(clock, busyMs).retry(() => withReadError(() => writer.execute(writerSettings(durability)))),
    describe: async () => ({
      engine: 'sqlite',
      version: (await ask<string>(read, 'select sqlite_version() as answer')) ?? 'unknown',
    }),
    hasTable: async (db, name) => (await db.introspection.getTables()).some((table) => table.name === name),
    transaction,
    migrating: transaction,
    // SQLite counts commits for everybody; see commit-poll.ts.
    announce: async () => undefined,
    runsAtOnce: Number.POSITIVE_INFINITY,
    insertRuns: (rows, entries) => insertRuns(write, statements, rows, entries),
    // Whoever has begun to write here holds everybody back already.
    holdLedger: async () => undefined,
    follow: (look) => pollCommits(() => commitStamp(read), look, pollMs),
    async [Symbol.asyncDispose]() {
      await lock.close();
      checkpoint(writer);
      connections.dispose();
    },
  };
}

// NORMAL: a commit survives the death of the process without waiting for the disk; a power cut may cost the last ones.
// FULL waits. The size limit gives back the space of a log that one burst has made large.
function writerSettings(durability: Durability): string {
  return `
    pragma journal_mode = wal;
    pragma synchronous = ${durability};
    pragma journal_size_limit = ${16 * 1024 * 1024};
  `;
}

// Some 2 ms of inserts: a group of thousands must not keep the event loop from everything else.
const ROWS_PER_TURN = 100;

async function insertRuns(
  write: Kysely<Tables>,
  statements: InsertStatements,
  rows: readonly RunRow[],
  entries: readonly LedgerEntryRow[],
): Promise<void> {
  await write.transaction().execute(async (transaction) => {
    for (const [index, row] of rows.entries()) {
      await transaction.executeQuery(statements.of('runs', row));
      const entry = entries[index];
      if (entry !== undefined) await transaction.executeQuery(statements.of('ledger_entries', entry));
      if (index % ROWS_PER_TURN === ROWS_PER_TURN - 1) await nextTurn();
    }
  });
}

/** SQLite's own counter: it moves when any connection but the asking one has committed. */
async function commitStamp(read: Kysely<Tables>): Promise<number> {
  return (await ask<number>(read, 'select data_version as answer from pragma_data_version')) ?? 0;
}

async function ask<Answer>(db: Kysely<Tables>, sql: string): Promise<Answer | undefined> {
  const { rows } = await db.executeQuery<{ readonly answer: Answer }>(CompiledQuery.raw(sql));
  return rows[0]?.answer;
}

/** Moves the log into the database, so that a closed home is one file. */
function checkpoint(writer: Connection): void {
  try {
    writer.execute('pragma wal_checkpoint(truncate)');
  } catch {
    // Another process has it open or the disk is full: whoever opens the home next reads the log.
  }
}
