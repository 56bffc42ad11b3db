// Kysely over a pool of connections to PostgreSQL.

import {
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type DataTypeNode,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  type TransactionSettings,
} from 'kysely';
import type { Pool } from 'pg';

import type { Clock } from '#host/base';
import { Patience } from '../patience.ts';
import { storeClosed } from '../store-errors.ts';
import { Session } from './session.ts';

/** What the dialect runs on. */
export interface DialectOptions {
  readonly pool: Pool;
  readonly clock: Clock;
  /** How long one request waits for connections and other writers, in milliseconds. */
  readonly busyMs: number;
}

/** Kysely's dialect for a pool, and the way to close both. */
export interface PoolDialect extends Dialect {
  /** Lets nobody else in, and closes the pool once those inside are through. */
  close(): Promise<void>;
}

/** Kysely's dialect for a pool. */
export function createDialect(options: DialectOptions): PoolDialect {
  const driver = new SessionDriver(options);
  return {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => driver,
    createIntrospector: (db) => new PostgresIntrospector(db),
    createQueryCompiler: () => new Compiler(),
    close: () => driver.destroy(),
  };
}

/**
 * Migrations name the types of the embedded database. Here bytes are `bytea`, and texts compare as they do there: by
 * their bytes, whatever the locale of the server.
 */
const COLUMN_TYPES: Readonly<Record<string, string>> = { blob: 'bytea', text: 'text collate "C"' };

class Compiler extends PostgresQueryCompiler {
  protected override visitDataType(node: DataTypeNode): void {
    this.append(COLUMN_TYPES[node.dataType] ?? node.dataType);
  }
}

class SessionDriver implements Driver {
  readonly #options: DialectOptions;
  readonly #sessions = new Set<DatabaseConnection>();
  #closing: PromiseWithResolvers<void> | undefined;

  constructor(options: DialectOptions) {
    this.#options = options;
  }

  async init(): Promise<void> {}

  async acquireConnection(): Promise<DatabaseConnection> {
    if (this.#closing !== undefined) throw storeClosed();
    const { pool, clock, busyMs } = this.#options;
    const session = new Session(pool, new Patience(clock, busyMs));
    this.#sessions.add(session);
    return session;
  }

  async beginTransaction(session: DatabaseConnection, { isolationLevel }: TransactionSettings): Promise<void> {
    await asSession(session).begin(isolationLevel ?? 'read committed');
  }

  async commitTransaction(session: DatabaseConnection): Promise<void> {
    await asSession(session).commit();
  }

  async rollbackTransaction(session: DatabaseConnection): Promise<void> {
    await asSession(session).rollback();
  }

  async releaseConnection(session: DatabaseConnection): Promise<void> {
    asSession(session).release();
    this.#sessions.delete(session);
    if (this.#sessions.size === 0) this.#closing?.resolve();
  }

  async destroy(): Promise<void> {
    if (this.#closing !== undefined) return this.#closing.promise;
    this.#closing = Promise.withResolvers();
    if (this.#sessions.size === 0) this.#closing.resolve();
    await this.#closing.promise;
    await this.#options.pool.end();
  }
}

/** Kysely hands a driver nothing but what the driver gave it. */
function asSession(connection: DatabaseConnection): Session {
  return connection as Session;
}
