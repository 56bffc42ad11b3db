// The ledger's links and checkpoints, as rows.

import type { Kysely } from 'kysely';

import { findRecords } from '../chain/find-records.ts';
import { findUnlinked } from '../chain/find-unlinked.ts';
import type { ChainHead } from '../chain/record.ts';
import type { Tables } from '../tables.ts';
import type { LedgerRepository } from '../types.ts';
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
    ends: () => findEnds(write),
    uncovered: () => findUncovered(write),
    cover: async ({ writer, sequence }) => {
      await write
        .insertInto('ledger_writers')
        .values({ writer, covered: sequence })
        .onConflict((conflict) => conflict.column('writer').doUpdateSet({ covered: sequence }))
        .execute();
    },
    dropLinks: async ({ writer, sequence }) => {
      await write.deleteFrom('ledger_entries').where('writer', '=', writer).where('sequence', '<=', sequence).execute();
    },
    findUnlinked: async () => (await findUnlinked(read, 1))[0],
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
  };
}

function findEnds(db: Kysely<Tables>): Promise<ChainHead[]> {
  return db
    .selectFrom('ledger_entries as entries')
    .innerJoin(
      (query) =>
        query
          .selectFrom('ledger_entries')
          .select(['writer', ({ fn }) => fn.max('sequence').as('sequence')])
          .groupBy('writer')
          .as('ends'),
      (join) => join.onRef('ends.writer', '=', 'entries.writer').onRef('ends.sequence', '=', 'entries.sequence'),
    )
    .select(['entries.writer', 'entries.sequence', 'entries.hash'])
    .orderBy('entries.writer')
    .execute();
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
