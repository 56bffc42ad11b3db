// Runs that wait for their client, as rows.

import type { SuspensionRepository } from '../types.ts';
import type { Handles } from './handles.ts';

/** The suspension repository of a database. */
export function createSuspensionRepository({ write }: Handles): SuspensionRepository {
  return {
    insert: async (row) => {
      await write.insertInto('suspensions').values(row).execute();
    },
    take: (tenant, runId) =>
      write
        .deleteFrom('suspensions')
        .where('tenant', '=', tenant)
        .where('run_id', '=', runId)
        .returningAll()
        .executeTakeFirst(),
    trim: async (tenant, principal, keep, batch) => {
      const { numDeletedRows } = await write
        .deleteFrom('suspensions')
        .where('tenant', '=', tenant)
        .where('run_id', 'in', (query) =>
          query
            .selectFrom('suspensions')
            .select('run_id')
            .where('tenant', '=', tenant)
            .where('principal', '=', principal)
            .orderBy('run_id', 'desc')
            .offset(keep)
            .limit(batch),
        )
        .executeTakeFirstOrThrow();
      return Number(numDeletedRows);
    },
    prune: async (now, batch) => {
      const { numDeletedRows } = await write
        .deleteFrom('suspensions')
        .where(({ eb, refTuple, selectFrom }) =>
          eb(
            refTuple('tenant', 'run_id'),
            'in',
            selectFrom('suspensions')
              .select(['tenant', 'run_id'])
              .where('expires_at', '<', now)
              .limit(batch)
              .$asTuple('tenant', 'run_id'),
          ),
        )
        .executeTakeFirstOrThrow();
      return Number(numDeletedRows);
    },
  };
}
