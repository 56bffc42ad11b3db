// Events, as rows.

import { recordOfEvent } from '../chain/record.ts';
import { WHOLE_STORE } from '../event-row.ts';
import type { EventRepository } from '../types.ts';
import type { Handles } from './handles.ts';

/** The event repository of a database. */
export function createEventRepository({ read, write, seal }: Handles): EventRepository {
  return {
    insert: async (row) => {
      await write.insertInto('ledger_events').values(row).execute();
      seal(recordOfEvent(row));
    },
    list: (tenant, { kind, from, before, limit }) =>
      read
        .selectFrom('ledger_events')
        .selectAll()
        .where('tenant', 'in', [tenant, WHOLE_STORE])
        .$if(kind !== undefined, (query) => query.where('kind', '=', kind ?? ''))
        .$if(from !== undefined, (query) => query.where('event_id', '>=', from ?? ''))
        .$if(before !== undefined, (query) => query.where('event_id', '<', before ?? ''))
        .orderBy('event_id', 'desc')
        .limit(limit)
        .execute(),
  };
}
