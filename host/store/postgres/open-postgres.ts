// A PostgreSQL database that several hosts share.

import { Kysely, sql } from 'kysely';
import { Pool, type ClientConfig } from 'pg';

import type { Clock, DatabaseAddress } from '#host/base';
import type { Database } from '../database.ts';
import { Patience } from '../patience.ts';
import { storeFailed } from '../store-errors.ts';
import type { Tables } from '../tables.ts';
import { CHANNEL, listenForChanges } from './change-listener.ts';
import { patientSettings, requestSettings } from './connection-settings.ts';
import { createDialect } from './dialect.ts';
import { insertRuns, RUNS_AT_ONCE } from './insert-runs.ts';
import { RunStatements } from './run-statements.ts';
import { SafeClient } from './safe-client.ts';

/** Where the database is and how patient requests are. */
export interface PostgresOptions {
  readonly address: DatabaseAddress;
  readonly clock: Clock;
  /** Most connections, besides one that listens. */
  readonly poolSize: number;
  readonly busyMs: number;
}

/** Opens a database. Nothing is asked of it yet. */
export function openPostgres({ address, clock, poolSize, busyMs }: PostgresOptions): Database {
  const settings = requestSettings(address, busyMs);
  const dialect = createDialect({ pool: createPool(settings, poolSize), clock, busyMs });
  const db = new Kysely<Tables>({ dialect });
  const writing = { db, statements: new RunStatements(db) };
  return {
    read: db,
    write: db,
    prepare: () => checkEncoding(db),
    describe: async () => ({ engine: 'postgresql', version: await readVersion(db) }),
    hasTable,
    // Of two that overlap, the server may give one up: it is not written, and starts over.
    transaction: (work) => new Patience(clock, busyMs).retry(() => db.transaction().execute(work)),
    migrating: (work) => migrating(address, clock, work),
    announce: async (transaction) => {
      await sql`select pg_notify(${CHANNEL}, '')`.execute(transaction);
    },
    runsAtOnce: RUNS_AT_ONCE,
    insertRuns: (rows, entries) => insertRuns(writing, rows, entries, new Patience(clock, busyMs)),
    holdLedger: async (transaction) => {
      await sql`select pg_advisory_xact_lock(${LEDGER_LOCK}, hashtext(current_schema()))`.execute(transaction);
    },
    follow: (look) => listenForChanges(settings, look),
    [Symbol.asyncDispose]: () => dialect.close(),
  };
}

/** Any number that nothing else in the database locks together with the name of a schema. */
const LEDGER_LOCK = 1_710_321;

function createPool(settings: ClientConfig, max: number): Pool {
  const pool = new Pool({ ...settings, max, Client: SafeClient });
  // The pool replaces connections that break. Without a listener each would end the process: those that nobody uses
  // tell the pool, those in use their own.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
  return pool;
}

/** Texts are UTF-8 to us; a database that keeps them otherwise would refuse some and change others. */
async function checkEncoding(db: Kysely<Tables>): Promise<void> {
  if ((await readSetting(db, 'server_encoding')) !== 'UTF8') throw storeFailed('encoding');
}

/** `15.4`, without what a distribution adds. */
async function readVersion(db: Kysely<Tables>): Promise<string> {
  return (await readSetting(db, 'server_version')).replace(/ .*/, '');
}

async function readSetting(db: Kysely<Tables>, name: string): Promise<string> {
  const { rows } = await sql<{ readonly value: string }>`select current_setting(${name}) as value`.execute(db);
  return rows[0]?.value ?? 'unknown';
}

/** Where an unqualified name leads: another schema of the same database may have a table of that name. */
async function hasTable(db: Kysely<Tables>, name: string): Promise<boolean> {
  const { rows } = await sql<{ readonly found: string | null }>`select to_regclass(${name})::text as found`.execute(db);
  return rows[0]?.found !== null;
}

/** Any number that nothing else in the database locks. */
const MIGRATION_LOCK = 7_103_216_554;
/** A migration waits for the transactions of running hosts, and they for it: neither for long. */
const TABLE_LOCK_MS = 10_000;

async function migrating<Result>(
  address: DatabaseAddress,
  clock: Clock,
  work: (db: Kysely<Tables>) => Promise<Result>,
): Promise<Result> {
  const pool = createPool(patientSettings(address, TABLE_LOCK_MS), 1);
  const dialect = createDialect({ pool, clock, busyMs: TABLE_LOCK_MS });
  try {
    return await new Patience(clock, TABLE_LOCK_MS).retry(() =>
      new Kysely<Tables>({ dialect }).transaction().execute(async (transaction) => {
        await sql`select pg_advisory_xact_lock(${MIGRATION_LOCK})`.execute(transaction);
        await sql`select set_config('lock_timeout', ${String(TABLE_LOCK_MS)}, true)`.execute(transaction);
        return work(transaction);
      }),
    );
  } finally {
    await dialect.close();
  }
}
