// What repositories read and write through.

import type { Kysely } from 'kysely';

import type { Tables } from '../tables.ts';

/** Readers never wait for writers; inside a transaction both are the transaction. */
export interface Handles {
  readonly read: Kysely<Tables>;
  readonly write: Kysely<Tables>;
  /** Has other processes look for changes once what `db` writes is committed. */
  readonly announce: (db: Kysely<Tables>) => Promise<void>;
}
