// What repositories read and write through.

import type { Kysely } from 'kysely';

import type { ChainRecord } from '../chain/record.ts';
import type { Tables } from '../tables.ts';

/** Readers never wait for writers; inside a transaction both are the transaction. */
export interface Handles {
  readonly read: Kysely<Tables>;
  readonly write: Kysely<Tables>;
  /** Has other processes look for changes once what `db` writes is committed. */
  readonly announce: (db: Kysely<Tables>) => Promise<void>;
  /** Has a row that was written linked into the ledger before its transaction is committed. */
  readonly seal: (record: ChainRecord) => unknown;
  /** Makes every other transaction that calls it wait for this one. */
  readonly holdLedger: (db: Kysely<Tables>) => Promise<void>;
}
