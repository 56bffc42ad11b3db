// Runs, as rows.

import { recordOfRun } from '../chain/record.ts';
import type { RunRepository } from '../types.ts';
import type { Handles } from './handles.ts';

/** The run repository of a database. */
export function createRunRepository({ read, write, seal }: Handles): RunRepository {
  return {
    insert: async (row) => {
      await write.insertInto('runs').values(row).execute();
      seal(recordOfRun(row));
    },
    list: (tenant, { limit, from, before, ...equal }) =>
      read
        .selectFrom('runs')
        .selectAll()
        .where('tenant', '=', tenant)
        .where((is) => is.and(equal))
        .$if(from !== undefined, (query) => query.where('run_id', '>=', from ?? ''))
        .$if(before !== undefined, (query) => query.where('run_id', '<', before ?? ''))
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
