// Rows of the ledger, and what a link that seals them as they are now would say.

import type { Kysely } from 'kysely';

import type { RecordKind, Tables } from '../tables.ts';
import type { Recorded } from '../types.ts';
import { recordOfEvent, recordOfMaking, recordOfRun } from './record.ts';

/** Those of the rows that are there. */
export async function findRecords(
  db: Kysely<Tables>,
  kind: RecordKind,
  tenant: string,
  subjects: readonly string[],
): Promise<readonly Recorded[]> {
  switch (kind) {
    case 'run': {
      const query = db.selectFrom('runs').selectAll().where('tenant', '=', tenant);
      return (await query.where('run_id', 'in', subjects).execute()).map((row) => ({ ...recordOfRun(row), row }));
    }
    case 'making': {
      const query = db.selectFrom('makings').selectAll().where('tenant', '=', tenant);
      return (await query.where('making_id', 'in', subjects).execute()).map((row) => ({ ...recordOfMaking(row), row }));
    }
    case 'event': {
      const query = db.selectFrom('ledger_events').selectAll().where('tenant', '=', tenant);
      return (await query.where('event_id', 'in', subjects).execute()).map((row) => ({ ...recordOfEvent(row), row }));
    }
  }
  // What somebody else wrote into the column.
  return [];
}
