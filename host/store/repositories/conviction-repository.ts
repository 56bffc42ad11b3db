// Convictions and quarantines, as rows.

import type { ConvictionRepository } from '../types.ts';
import type { Handles } from './handles.ts';

/** The conviction repository of a database. */
export function createConvictionRepository({ read, write }: Handles): ConvictionRepository {
  return {
    add: async (row) => {
      await write
        .insertInto('convictions')
        .values(row)
        .onConflict((conflict) => conflict.columns(['tenant', 'digest', 'run_id']).doNothing())
        .execute();
    },
    count: async (tenant, digest, since) => {
      const { convictions } = await read
        .selectFrom('convictions')
        .select(({ fn }) => fn.countAll<number>().as('convictions'))
        .where('tenant', '=', tenant)
        .where('digest', '=', digest)
        .where('convicted_at', '>', since)
        .executeTakeFirstOrThrow();
      return convictions;
    },
    forget: async (tenant, digest, until = Number.MAX_SAFE_INTEGER) => {
      await write
        .deleteFrom('convictions')
        .where('tenant', '=', tenant)
        .where('digest', '=', digest)
        .where('convicted_at', '<=', until)
        .execute();
    },
    quarantine: async (row) => {
      const { numInsertedOrUpdatedRows } = await write
        .insertInto('quarantines')
        .values(row)
        .onConflict((conflict) => conflict.columns(['tenant', 'digest']).doNothing())
        .executeTakeFirstOrThrow();
      return numInsertedOrUpdatedRows === 1n;
    },
    lift: async (tenant, digest) => {
      const { numDeletedRows } = await write
        .deleteFrom('quarantines')
        .where('tenant', '=', tenant)
        .where('digest', '=', digest)
        .executeTakeFirstOrThrow();
      return numDeletedRows === 1n;
    },
    quarantined: async (tenant) => {
      const rows = await read.selectFrom('quarantines').select('digest').where('tenant', '=', tenant).execute();
      return rows.map(({ digest }) => digest);
    },
  };
}
