// Kysely over node:sqlite: one connection that one writer holds at a time, or one that all readers share.

import {
  CompiledQuery,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  type QueryResult,
} from 'kysely';

import { hostError, type Clock } from '#host/base';
import { Patience } from '../patience.ts';
import type { Connection } from './connection.ts';
import { readSqliteError } from './sqlite-errors.ts';
import type { WriteLock } from './write-lock.ts';

/** What the dialect runs on. */
export interface DialectOptions {
  readonly connection: Connection;
  readonly clock: Clock;
  /** How long one request waits for other writers, in milliseconds. */
  readonly busyMs: number;
  /** Absent on a read-only connection: its statements run whole and need no turn. */
  readonly lock?: WriteLock;
}

/** Kysely's dialect for one {@link Connection}; whoever opened the connection closes it. */
export function createDialect(options: DialectOptions): Dialect {
  return {
    createAdapter: () => new Adapter(),
    createDriver: () => new TurnDriver(options),
    createIntrospector: (db) => new SqliteIntrospector(db),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  };
}

class Adapter extends SqliteAdapter {
  // Kysely's own lock for single connections has no time limit and stays shut when acquiring fails; ours does neither.
  override get supportsMultipleConnections(): boolean {
    return true;
  }
}

class TurnDriver implements Driver {
  readonly #options: DialectOptions;

  constructor(options: DialectOptions) {
    this.#options = options;
  }

  async init(): Promise<void> {}

  async acquireConnection(): Promise<DatabaseConnection> {
    const { clock, busyMs, lock, connection } = this.#options;
    const patience = new Patience(clock, busyMs);
    await lock?.acquire(patience);
    return new Turn(connection, patience);
  }

  async beginTransaction(turn: DatabaseConnection): Promise<void> {
    // Immediate: the wait for other processes happens here, where it can be repeated, and never in the middle.
    await turn.executeQuery(CompiledQuery.raw('begin immediate'));
  }

  async commitTransaction(turn: DatabaseConnection): Promise<void> {
    await turn.executeQuery(CompiledQuery.raw('commit'));
  }

  async rollbackTransaction(turn: DatabaseConnection): Promise<void> {
    // After a full disk SQLite has rolled back already, and a second time is an error that would hide the first.
    if (this.#options.connection.inTransaction) await turn.executeQuery(CompiledQuery.raw('rollback'));
  }

  async releaseConnection(): Promise<void> {
    this.#options.lock?.release();
  }

  async destroy(): Promise<void> {}
}

/** One request's turn on the connection. */
class Turn implements DatabaseConnection {
  readonly #connection: Connection;
  readonly #patience: Patience;

  constructor(connection: Connection, patience: Patience) {
    this.#connection = connection;
    this.#patience = patience;
  }

  async executeQuery<Row>({ sql, parameters }: CompiledQuery): Promise<QueryResult<Row>> {
    // The waiting for other processes' locks is done here, between attempts, while the event loop goes on.
    return this.#patience.retry(() => withReadError(() => this.#connection.query<Row>(sql, parameters)));
  }

  // oxlint-disable-next-line require-yield -- the interface wants a generator
  async *streamQuery<Row>(): AsyncIterableIterator<QueryResult<Row>> {
    throw hostError('INTERNAL', 'the store does not stream');
  }
}

/** The attempt's result, with SQLite's errors as the store's. */
export function withReadError<Result>(attempt: () => Result): Result {
  try {
    return attempt();
  } catch (error) {
    throw readSqliteError(error);
  }
}
