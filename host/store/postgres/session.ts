// One request's use of the pool: each statement alone takes any connection, a transaction keeps one.

import { CompiledQuery, type DatabaseConnection, type IsolationLevel, type QueryResult } from 'kysely';
import type { Pool, PoolClient, QueryResultRow, QueryResult as PgResult } from 'pg';

import { hostError } from '#host/base';
import type { Patience } from '../patience.ts';
import { Passing, storeFailed } from '../store-errors.ts';
import { isConnectionBroken, readPostgresError, type Stage } from './postgres-errors.ts';
import { toPostgresParameters } from './values.ts';

/** A query that the server is to parse once on each connection, under a name that means this text alone. */
export type PreparedQuery = CompiledQuery & { readonly preparedAs?: string };

/** What Kysely takes for a connection. */
export class Session implements DatabaseConnection {
  readonly #pool: Pool;
  readonly #patience: Patience;
  /** Of a transaction. */
  #client: PoolClient | undefined;
  #broken = false;

  constructor(pool: Pool, patience: Patience) {
    this.#pool = pool;
    this.#patience = patience;
  }

  async executeQuery<Row>(query: CompiledQuery): Promise<QueryResult<Row>> {
    // In a transaction every statement may be sent again, with all the others: nothing of it is committed.
    if (this.#client !== undefined) return this.#send(this.#client, query, 'repeatable');
    return this.#patience.retry(() => this.#executeAlone(query));
  }

  async begin(isolation: IsolationLevel): Promise<void> {
    this.#client = await this.#patience.retry(() => this.#connect());
    await this.executeQuery(CompiledQuery.raw(`begin isolation level ${isolation}`));
  }

  async commit(): Promise<void> {
    if (this.#client === undefined) throw hostError('INTERNAL', 'there is no transaction to commit');
    const { command } = await this.#ask(this.#client, CompiledQuery.raw('commit'), 'once');
    // What the server answers when a statement failed and the failure was not passed on.
    if (command === 'ROLLBACK') throw storeFailed('aborted');
  }

  async rollback(): Promise<void> {
    try {
      if (this.#client !== undefined && !this.#broken) await this.#client.query('rollback');
    } catch {
      // With its connection the transaction is gone as well, and why it failed was told before.
      this.#broken = true;
    }
  }

  /** Gives the transaction's connection back, or up. */
  release(): void {
    this.#client?.release(this.#broken);
    this.#client = undefined;
  }

  // oxlint-disable-next-line require-yield -- the interface wants a generator
  async *streamQuery<Row>(): AsyncIterableIterator<QueryResult<Row>> {
    throw hostError('INTERNAL', 'the store does not stream');
  }

  async #executeAlone<Row>(query: CompiledQuery): Promise<QueryResult<Row>> {
    const client = await this.#connect();
    this.#broken = false;
    try {
      return await this.#send<Row>(client, query, query.query.kind === 'SelectQueryNode' ? 'repeatable' : 'once');
    } finally {
      client.release(this.#broken);
    }
  }

  async #connect(): Promise<PoolClient> {
    try {
      return await this.#pool.connect();
    } catch (error) {
      throw isPoolExhausted(this.#pool, error) ? new Passing(error) : readPostgresError(error, 'connect');
    }
  }

  async #send<Row>(client: PoolClient, query: CompiledQuery, stage: Stage): Promise<QueryResult<Row>> {
    const { command, rowCount, rows } = await this.#ask<Row>(client, query, stage);
    return CHANGING.has(command) ? { rows, numAffectedRows: BigInt(rowCount ?? 0) } : { rows };
  }

  async #ask<Row>(client: PoolClient, query: PreparedQuery, stage: Stage): Promise<Answer<Row>> {
    const { sql: text, preparedAs: name } = query;
    const values = toPostgresParameters(query.parameters);
    try {
      return await client.query<Row & QueryResultRow>({ text, values, ...(name === undefined ? {} : { name }) });
    } catch (error) {
      this.#broken ||= isConnectionBroken(error);
      throw readPostgresError(error, stage);
    }
  }
}

type Answer<Row> = Pick<PgResult, 'command' | 'rowCount'> & { readonly rows: Row[] };

/** Commands that say how many rows they changed. */
const CHANGING: ReadonlySet<string> = new Set(['INSERT', 'UPDATE', 'DELETE']);

/** Whether all connections were in use, rather than none to be had. */
function isPoolExhausted({ totalCount, options }: Pool, error: unknown): boolean {
  // What the pool says of its own queue names no cause; what a connection failed of does, or has a code.
  return totalCount >= options.max && error instanceof Error && !('code' in error) && error.cause === undefined;
}
