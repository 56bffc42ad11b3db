// The statement that records one run with its link, the most frequent of all: compiled once here, and parsed once by the
// server on each connection, which takes it as long as to execute it.

import { CompiledQuery, type Kysely } from 'kysely';

import type { LedgerEntryRow, RunRow, Tables } from '../tables.ts';
import type { PreparedQuery } from './session.ts';

/** Such statements by the columns they write. */
export class RunStatements {
  readonly #db: Kysely<Tables>;
  readonly #known = new Map<string, Required<Pick<PreparedQuery, 'sql' | 'preparedAs'>>>();

  constructor(db: Kysely<Tables>) {
    this.#db = db;
  }

  /** The statement that writes both or neither. */
  of(row: RunRow, entry: LedgerEntryRow): PreparedQuery {
    const columns = [...Object.keys(row), ...Object.keys(entry)].join(' ');
    let statement = this.#known.get(columns);
    if (statement === undefined) {
      statement = { sql: this.#compile(row, entry), preparedAs: `record_run_${this.#known.size}` };
      this.#known.set(columns, statement);
    }
    const values = [row, entry].flatMap((part): readonly unknown[] => Object.values(part));
    const query = CompiledQuery.raw(statement.sql, values);
    return { ...query, preparedAs: statement.preparedAs };
  }

  #compile(row: RunRow, entry: LedgerEntryRow): string {
    const query = this.#db
      .with('written', (written) => written.insertInto('runs').values(row).returning('run_id'))
      .insertInto('ledger_entries')
      .values(entry);
    return query.compile().sql;
  }
}
