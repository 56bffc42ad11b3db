// The ledger's links and checkpoints, as rows.

import type { Kysely } from 'kysely';

import { recordOfEvent, recordOfMaking, recordOfRun, type ChainHead } from '../chain/record.ts';
import type { RecordKind, Tables } from '../tables.ts';
import type { LedgerRepository, Recorded } from '../types.ts';
import type { Handles } from './handles.ts';

/** The ledger repository of a database. */
export function createLedgerRepository({ read, write, holdLedger }: Handles): LedgerRepository {
  return {
    hold: () => holdLedger(write),
    entries: (after, limit) =>
      read
        .selectFrom('ledger_entries')
        .selectAll()
        .where(({ eb, refTuple, tuple }) =>
          eb(refTuple('writer', 'sequence'), '>', tuple(after?.writer ?? '', after?.sequence ?? 0)),
        )
        .orderBy('writer')
        .orderBy('sequence')
        .limit(limit)
        .execute(),
    recorded: (kind, tenant, subjects) => findRecords(read, kind, tenant, subjects),
    uncovered: () => findUncovered(write),
    cover: async ({ writer, sequence }) => {
      await write.updateTable('ledger_writers').set({ covered: sequence }).where('writer', '=', writer).execute();
    },
    lastCheckpoint: () =>
      write.selectFrom('ledger_checkpoints').selectAll().orderBy('number', 'desc').limit(1).executeTakeFirst(),
    checkpoints: (after, limit) =>
      read
        .selectFrom('ledger_checkpoints')
        .selectAll()
        .where('number', '>', after)
        .orderBy('number')
        .limit(limit)
        .execute(),
    insertCheckpoint: async (row) => {
      await write.insertInto('ledger_checkpoints').values(row).execute();
    },
    count: async () => {
      const [runs, makings] = await Promise.all([
        read
          .selectFrom('runs')
          .select(({ fn }) => fn.countAll<number>().as('rows'))
          .executeTakeFirstOrThrow(),
        read
          .selectFrom('makings')
          .select(({ fn }) => fn.countAll<number>().as('rows'))
          .executeTakeFirstOrThrow(),
      ]);
      return { runs: runs.rows, makings: makings.rows };
    },
  };
}

async function findRecords(
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

function findUncovered(db: Kysely<Tables>): Promise<ChainHead[]> {
  return db
    .selectFrom('ledger_writers as writers')
    .innerJoin('ledger_entries as entries', 'entries.writer', 'writers.writer')
    .select(['entries.writer', 'entries.sequence', 'entries.hash'])
    .whereRef('entries.sequence', '>', 'writers.covered')
    .where('entries.sequence', '=', ({ selectFrom }) =>
      selectFrom('ledger_entries as newest')
        .select(({ fn }) => fn.max('newest.sequence').as('sequence'))
        .whereRef('newest.writer', '=', 'writers.writer'),
    )
    .orderBy('entries.writer')
    .execute();
}
