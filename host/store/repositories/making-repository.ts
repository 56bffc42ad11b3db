// Makings, as rows.

import type { MakingRepository } from '../types.ts';
import type { Handles } from './handles.ts';

/** The making repository of a database. */
export function createMakingRepository({ read, write }: Handles): MakingRepository {
  return {
    insert: async (row) => {
      await write.insertInto('makings').values(row).execute();
    },
    list: (tenant, limit) =>
      read
        .selectFrom('makings')
        .selectAll()
        .where('tenant', '=', tenant)
        .orderBy('making_id', 'desc')
        .limit(limit)
        .execute(),
  };
}
