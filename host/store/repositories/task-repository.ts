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
    countOpen: async (tenant, principal, now) => {
      const { count } = await read
        .selectFrom('tasks')
        .select(({ fn }) => fn.countAll().as('count'))
        .where('tenant', '=', tenant)
        .where('principal', '=', principal)
        .where('state', 'in', ['working', 'input_required'])
        .where('expires_at', '>', now)
        .where(({ or, eb }) => or([eb('state', '=', 'input_required'), eb('leased_until', '>=', now)]))
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
    renewLeases: async (owner, taskIds, until) => {
      if (taskIds.length === 0) return [];
      const rows = await write
        .updateTable('tasks')
        .set({ leased_until: until })
        .where('owner', '=', owner)
        .where('task_id', 'in', taskIds)
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
