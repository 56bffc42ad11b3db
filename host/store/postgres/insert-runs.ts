// Writes the runs of one event-loop turn with one statement, and a statement whose fate is unknown again.

import type { Kysely } from 'kysely';

import { isCodedError, type CodedError } from '#sandbox';
import type { Patience } from '../patience.ts';
import { Passing } from '../store-errors.ts';
import type { LedgerEntryRow, RunRow, Tables } from '../tables.ts';
import type { RunStatements } from './run-statements.ts';

/** A statement takes 65,535 parameters; building one of this size takes some milliseconds of the event loop. */
export const RUNS_AT_ONCE = 100;

/** What runs are written through. */
export interface RunWriting {
  readonly db: Kysely<Tables>;
  readonly statements: RunStatements;
}

/** Writes all of the rows with their links or none. */
export function insertRuns(
  { db, statements }: RunWriting,
  rows: readonly RunRow[],
  entries: readonly LedgerEntryRow[],
  patience: Patience,
): Promise<void> {
  const [row, ...otherRows] = rows;
  const [entry] = entries;
  const single =
    row !== undefined && entry !== undefined && otherRows.length === 0 ? statements.of(row, entry) : undefined;
  let inDoubt = false;
  return patience.retry(async () => {
    try {
      if (single !== undefined && !inDoubt) return void (await db.executeQuery(single));
      await db
        .with('written', (query) =>
          query
            .insertInto('runs')
            .values(rows)
            // An id is never given twice: a row that is there already is the one whose acknowledgement was lost.
            .$if(inDoubt, (insert) =>
              insert.onConflict((conflict) => conflict.columns(['tenant', 'run_id']).doNothing()),
            )
            .returning('run_id'),
        )
        .insertInto('ledger_entries')
        .values(entries)
        .$if(inDoubt, (insert) => insert.onConflict((conflict) => conflict.columns(['writer', 'sequence']).doNothing()))
        .execute();
    } catch (error) {
      if (!isConnectionLost(error)) throw error;
      inDoubt = true;
      throw new Passing(error, () => error);
    }
  });
}

function isConnectionLost(error: unknown): error is CodedError {
  return isCodedError(error) && error.data?.['reason'] === 'connection-lost';
}
