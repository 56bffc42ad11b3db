// Inserts of the hottest path, compiled once: building the same statement anew costs more than a third of running it.

import { CompiledQuery, type Kysely } from 'kysely';

import type { Tables } from '../tables.ts';

/** Statements by table and columns. */
export class InsertStatements {
  readonly #db: Kysely<Tables>;
  readonly #texts = new Map<string, string>();

  constructor(db: Kysely<Tables>) {
    this.#db = db;
  }

  /** The statement that inserts `row`. */
  of<Table extends 'runs' | 'ledger_entries'>(table: Table, row: Tables[Table]): CompiledQuery {
    const key = `${table} ${Object.keys(row).join(' ')}`;
    const known = this.#texts.get(key);
    if (known !== undefined) return CompiledQuery.raw(known, Object.values(row));
    const compiled = this.#db
      .insertInto(table)
      .values(row as never)
      .compile();
    this.#texts.set(key, compiled.sql);
    return compiled;
  }
}
