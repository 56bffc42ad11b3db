// Runs, as rows.

import { setImmediate as nextTurn } from 'node:timers/promises';

import type { Kysely } from 'kysely';

import { createGroupCommit } from '../group-commit.ts';
import type { RunRow, Tables } from '../tables.ts';
import type { RunRepository } from '../types.ts';
import type { Handles } from './handles.ts';

// Some 2 ms of inserts: a group of thousands must not keep the event loop from everything else.
const ROWS_PER_TURN = 100;

/** The run repository of a database. */
export function createRunRepository({ read, write }: Handles): RunRepository {
  return {
    insert: async (row) => {
      await write.insertInto('runs').values(row).execute();
    },
    list: (tenant, { tool, limit }) =>
      read
        .selectFrom('runs')
        .selectAll()
        .where('tenant', '=', tenant)
        .$if(tool !== undefined, (query) => query.where('tool', '=', tool ?? ''))
        .orderBy('run_id', 'desc')
        .limit(limit)
        .execute(),
    find: (tenant, runId) =>
      read.selectFrom('runs').selectAll().where('tenant', '=', tenant).where('run_id', '=', runId).executeTakeFirst(),
    findOlder: async (tenant, than, steps) => {
      const row = await read
        .selectFrom('runs')
        .select('run_id')
        .where('tenant', '=', tenant)
        .$if(than !== undefined, (query) => query.where('run_id', '<', than ?? ''))
        .orderBy('run_id', 'desc')
        .limit(1)
        .offset(steps - 1)
        .executeTakeFirst();
      return row?.run_id;
    },
    deleteUpTo: async (tenant, runId, batch) => {
      const { numDeletedRows } = await write
        .deleteFrom('runs')
        .where('tenant', '=', tenant)
        .where('run_id', 'in', (query) =>
          query
            .selectFrom('runs')
            .select('run_id')
            .where('tenant', '=', tenant)
            .where('run_id', '<=', runId)
            .orderBy('run_id', 'asc')
            .limit(batch),
        )
        .executeTakeFirstOrThrow();
      return Number(numDeletedRows);
    },
  };
}

/** The same, committing the runs of one event-loop turn together. */
export function withGroupCommit(runs: RunRepository, write: Kysely<Tables>): RunRepository {
  const insert = createGroupCommit<RunRow>(async (rows) => {
    const [first] = rows;
    if (first !== undefined && rows.length === 1) return runs.insert(first);
    await write.transaction().execute(async (transaction) => {
      for (const [index, row] of rows.entries()) {
        await transaction.insertInto('runs').values(row).execute();
        if (index % ROWS_PER_TURN === ROWS_PER_TURN - 1) await nextTurn();
      }
    });
  });
  return { ...runs, insert };
}
