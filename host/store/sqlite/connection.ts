// One open database file, with its prepared statements.

import { DatabaseSync, type StatementSync } from 'node:sqlite';

import type { QueryResult } from 'kysely';

import { checkParameters } from '../parameters.ts';
import { toStoreError } from './sqlite-errors.ts';

// Far more texts than the repositories have; bounds what an `in (…)` of varying length can pile up.
const STATEMENT_CACHE_SIZE = 200;

interface Statement {
  readonly prepared: StatementSync;
  readonly returnsRows: boolean;
}

/** A connection to one database file. Every call is synchronous, so nothing interleaves within a statement. */
export class Connection implements Disposable {
  readonly #database: DatabaseSync;
  readonly #statements = new Map<string, Statement>();

  /** @throws STORE_FAILED, STORE_FULL when the file cannot be opened */
  constructor(path: string, options: { readonly readOnly: boolean }) {
    try {
      // SQLite's own busy timeout sleeps on the calling thread and would freeze the whole server; see dialect.ts.
      this.#database = new DatabaseSync(path, {
        readOnly: options.readOnly,
        timeout: 0,
        enableForeignKeyConstraints: true,
      });
    } catch (error) {
      throw toStoreError(error);
    }
  }

  get inTransaction(): boolean {
    return this.#database.isTransaction;
  }

  /** One or more statements without parameters or results. */
  execute(sql: string): void {
    this.#database.exec(sql);
  }

  /** One statement, prepared once. */
  query<Row>(sql: string, parameters: readonly unknown[]): QueryResult<Row> {
    const { prepared, returnsRows } = this.#prepare(sql);
    const values = checkParameters(parameters).map((value) => (typeof value === 'boolean' ? Number(value) : value));
    if (returnsRows) return { rows: prepared.all(...values) as Row[] };
    const { changes, lastInsertRowid } = prepared.run(...values);
    return { rows: [], numAffectedRows: BigInt(changes), insertId: BigInt(lastInsertRowid) };
  }

  [Symbol.dispose](): void {
    if (this.#database.isOpen) this.#database.close();
  }

  #prepare(sql: string): Statement {
    const cached = this.#statements.get(sql);
    if (cached !== undefined) return cached;
    const prepared = this.#database.prepare(sql);
    const statement: Statement = { prepared, returnsRows: prepared.columns().length > 0 };
    if (this.#statements.size >= STATEMENT_CACHE_SIZE) this.#statements.clear();
    this.#statements.set(sql, statement);
    return statement;
  }
}
