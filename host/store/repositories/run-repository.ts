// Runs, as rows.

import type { RunRepository } from '../types.ts';
import type { Handles } from './handles.ts';

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
