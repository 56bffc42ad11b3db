// The chain of the runs one process records. Its end is known from memory: only this process lengthens it, one group at
// a time.

import { sql } from 'kysely';

import { createId, type Clock } from '#host/base';
import type { Database } from '../database.ts';
import type { RunRow } from '../tables.ts';
import { emptyChain, link, recordOfRun, type ChainHead } from './record.ts';

/** Runs with their links. */
export class RunChain {
  readonly #database: Database;
  readonly #clock: Clock;
  readonly #onAppend: (records: number) => void;
  #head: ChainHead | undefined;
  #begun: string[] = [];
  #appending: Promise<void> = Promise.resolve();

  constructor(database: Database, clock: Clock, onAppend: (records: number) => void) {
    this.#database = database;
    this.#clock = clock;
    this.#onAppend = onAppend;
  }

  /** Writes all of the rows, each with its link, or none. Not to be called again before it has settled. */
  append(rows: readonly RunRow[]): Promise<void> {
    const appended = this.#append(rows);
    this.#appending = appended.catch(() => undefined);
    return appended;
  }

  /** Takes the chains so far off the list of those that may grow, if a checkpoint covers them; what comes later begins another. */
  async retire(): Promise<void> {
    await this.#appending;
    this.#head = undefined;
    const writers = this.#begun.splice(0);
    if (writers.length === 0) return;
    await this.#database.write
      .deleteFrom('ledger_writers')
      .where('writer', 'in', writers)
      .where('covered', '>=', ({ selectFrom }) =>
        selectFrom('ledger_entries')
          .select(({ fn }) => fn.coalesce(fn.max('sequence'), sql.lit(0)).as('sequence'))
          .whereRef('ledger_entries.writer', '=', 'ledger_writers.writer'),
      )
      .execute();
  }

  async #append(rows: readonly RunRow[]): Promise<void> {
    const head = this.#head ?? (await this.#begin());
    // A group that fails may have been written all the same, when only the answer was lost. What comes after it begins a
    // chain of its own rather than guess where this one ends.
    this.#head = undefined;
    const entries = link(head, rows.map(recordOfRun));
    await this.#database.insertRuns(rows, entries);
    this.#head = entries.at(-1) ?? head;
    this.#onAppend(rows.length);
  }

  async #begin(): Promise<ChainHead> {
    const writer = createId('runs', this.#clock.now());
    // First, so that whoever makes a checkpoint next finds the chain even when this process is killed.
    await this.#database.write.insertInto('ledger_writers').values({ writer, covered: 0 }).execute();
    this.#begun.push(writer);
    return emptyChain(writer);
  }
}
