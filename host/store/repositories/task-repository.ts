// Calls that outlive their requests, as rows.

import type { Kysely } from 'kysely';

import type { Tables } from '../tables.ts';
import type { TaskRepository } from '../types.ts';
import type { Handles } from './handles.ts';

/** The task repository of a database. */
export function createTaskRepository({ read, write }: Handles): TaskRepository {
  return {
    insert: async (row) => {
      await write.insertInto('tasks').values(row).execute();
    },
    find: (tenant, taskId) =>
      read
        .selectFrom('tasks')
        .selectAll()
        .where('tenant', '=', tenant)
        .where('task_id', '=', taskId)
        .executeTakeFirst(),
    count: async (tenant, principal, states) => {
      const { count } = await read
        .selectFrom('tasks')
        .select(({ fn }) => fn.countAll().as('count'))
        .where('tenant', '=', tenant)
        .where('principal', '=', principal)
        .where('state', 'in', states)
        .executeTakeFirstOrThrow();
      return Number(count);
    },
    update: async ({ tenant, task_id: taskId, revision }, to) => {
      const { numUpdatedRows } = await write
        .updateTable('tasks')
        .set({ ...to, revision: revision + 1 })
        .where('tenant', '=', tenant)
        .where('task_id', '=', taskId)
        .where('revision', '=', revision)
        .executeTakeFirstOrThrow();
      return numUpdatedRows === 1n;
    },
    renewLeases: async (owner, until) => {
      const rows = await write
        .updateTable('tasks')
        .set({ leased_until: until })
        .where('owner', '=', owner)
        .where('state', '=', 'working')
        .returning('task_id')
        .execute();
      return rows.map((row) => row.task_id);
    },
    prune: (now, batch) => prune(write, now, batch),
  };
}

async function prune(write: Kysely<Tables>, now: number, batch: number): Promise<number> {
  const { numDeletedRows } = await write
    .deleteFrom('tasks')
    .where(({ eb, refTuple, selectFrom }) =>
      eb(
        refTuple('tenant', 'task_id'),
        'in',
        selectFrom('tasks')
          .select(['tenant', 'task_id'])
          .where('expires_at', '<', now)
          .limit(batch)
          .$asTuple('tenant', 'task_id'),
      ),
    )
    .executeTakeFirstOrThrow();
  return Number(numDeletedRows);
}
