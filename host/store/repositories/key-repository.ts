// Keys all hosts of one store share, as rows.

import type { KeyRepository } from '../types.ts';
import type { Handles } from './handles.ts';

/** The key repository of a database. */
export function createKeyRepository({ read, write }: Handles): KeyRepository {
  return {
    find: async (name) => {
      const row = await read.selectFrom('keys').select('value').where('name', '=', name).executeTakeFirst();
      return row?.value;
    },
    getOrAdd: async (name, value) => {
      // Two hosts that open a new store at once: the first one's key wins, and both read it.
      await write
        .insertInto('keys')
        .values({ name, value })
        .onConflict((conflict) => conflict.column('name').doNothing())
        .execute();
      const row = await write.selectFrom('keys').select('value').where('name', '=', name).executeTakeFirstOrThrow();
      return row.value;
    },
    replace: async (name, value) => {
      await write.updateTable('keys').set({ value }).where('name', '=', name).execute();
    },
  };
}
