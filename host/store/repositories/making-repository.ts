// Makings, as rows.

import { recordOfMaking } from '../chain/record.ts';
import type { MakingRepository } from '../types.ts';
import type { Handles } from './handles.ts';

/** The making repository of a database. */
export function createMakingRepository({ read, write, seal }: Handles): MakingRepository {
  return {
    insert: async (row) => {
      await write.insertInto('makings').values(row).execute();
      seal(recordOfMaking(row));
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
