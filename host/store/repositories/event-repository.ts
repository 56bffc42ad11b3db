// Events, as rows.

import { recordOfEvent } from '../chain/record.ts';
import type { EventRepository } from '../types.ts';
import type { Handles } from './handles.ts';

/** The event repository of a database. */
export function createEventRepository({ write, seal }: Handles): EventRepository {
  return {
    insert: async (row) => {
      await write.insertInto('ledger_events').values(row).execute();
      seal(recordOfEvent(row));
    },
  };
}
