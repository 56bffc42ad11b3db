// What a store is built on: an embedded database or a database server, behind one shape.

import type { Kysely } from 'kysely';

import type { LedgerEntryRow, RunRow, Tables } from './tables.ts';

/** An open database. Its schema may still have to be brought up to date. */
export interface Database extends AsyncDisposable {
  /** What is read here never waits for writers. */
  readonly read: Kysely<Tables>;
  readonly write: Kysely<Tables>;
  /** Checks and sets what a store needs of it; for a database whose schema is known not to be newer. */
  prepare(): Promise<void>;
  /** What runs it, and which version of that. */
  describe(): Promise<{ readonly engine: 'sqlite' | 'postgresql'; readonly version: string }>;
  /** Whether a table is there. */
  hasTable(db: Kysely<Tables>, name: string): Promise<boolean>;
  /** All or nothing; `work` runs again when the database gave up on it before the commit. */
  transaction<Result>(work: (db: Kysely<Tables>) => Promise<Result>): Promise<Result>;
  /** All or nothing, while no other process migrates, and without the time limits of a request. */
  migrating<Result>(work: (db: Kysely<Tables>) => Promise<Result>): Promise<Result>;
  /** Has other processes look for changes once this transaction is committed. */
  announce(db: Kysely<Tables>): Promise<void>;
  /** Most rows of {@link insertRuns}. */
  readonly runsAtOnce: number;
  /** Writes all of the rows with their links, one each, or none. */
  insertRuns(rows: readonly RunRow[], entries: readonly LedgerEntryRow[]): Promise<void>;
  /** Makes every other transaction that calls it wait for this one. */
  holdLedger(db: Kysely<Tables>): Promise<void>;
  /** Calls `look` whenever any process may have committed a change, until disposed. */
  follow(look: () => void): Disposable;
}
