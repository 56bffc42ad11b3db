// Which database a store is on: the embedded one of a home, or a PostgreSQL that several hosts share.

import type { Clock, DatabaseAddress, Durability, MigrationPolicy } from '#host/base';
import type { Database } from './database.ts';
import { prepareHome } from './home.ts';
import { openSqlite } from './sqlite/open-sqlite.ts';

const DEFAULT_BUSY_MS = 2000;
// Five polls fit into the 500 ms within which one process serves what another published.
const DEFAULT_POLL_MS = 100;
const DEFAULT_POOL = 10;

/** Where the state lives and how patient the store is. */
export interface StoreOptions {
  /** The folder of the embedded database; created when missing. Unused where `database` is given. */
  readonly home: string;
  /** The PostgreSQL database to use instead. */
  readonly database?: DatabaseAddress;
  /** Most connections to it, besides one that listens for changes. @default 10 */
  readonly databasePool?: number;
  /** Whether to create or upgrade the schema where needed, or to refuse. @default "auto" */
  readonly migrate?: MigrationPolicy;
  /** Embedded: what a commit outlives. A database server has settings of its own for that. @default "normal" */
  readonly durability?: Durability;
  readonly clock: Clock;
  /** How long a request waits for other writers or for the server, in milliseconds. @default 2000 */
  readonly busyMs?: number;
  /** Embedded: time between two looks for other processes' commits while somebody watches, in milliseconds. @default 100 */
  readonly pollMs?: number;
}

/** Opens the database, and leaves its schema as it is. @throws STORE_FULL, STORE_FAILED */
export async function openDatabase(options: StoreOptions): Promise<Database> {
  const { home, database, databasePool = DEFAULT_POOL, clock } = options;
  const { busyMs = DEFAULT_BUSY_MS, pollMs = DEFAULT_POLL_MS, durability = 'normal' } = options;
  if (database === undefined) return openSqlite({ path: await prepareHome(home), clock, durability, busyMs, pollMs });
  // Its driver is some fifty modules, which a command on an embedded database need not load.
  const { openPostgres } = await import('./postgres/open-postgres.ts');
  return openPostgres({ address: database, poolSize: databasePool, clock, busyMs });
}
