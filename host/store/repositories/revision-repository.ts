// Change counters, as rows.

import type { RevisionRepository } from '../types.ts';
import type { Handles } from './handles.ts';

/** The revision repository of a database. */
export function createRevisionRepository({ read, write, announce }: Handles): RevisionRepository {
  return {
    all: () => read.selectFrom('revisions').selectAll().execute(),
    hold: async (tenant, topic) => {
      // A write that changes nothing: the row's lock is the point.
      await write
        .insertInto('revisions')
        .values({ tenant, topic, revision: 0 })
        .onConflict((conflict) =>
          conflict
            .columns(['tenant', 'topic'])
            .doUpdateSet((expression) => ({ revision: expression.ref('revisions.revision') })),
        )
        .execute();
    },
    bump: async (tenant, topic) => {
      const { revision } = await write
        .insertInto('revisions')
        .values({ tenant, topic, revision: 1 })
        .onConflict((conflict) =>
          conflict.columns(['tenant', 'topic']).doUpdateSet((expression) => ({
            revision: expression('revisions.revision', '+', 1),
          })),
        )
        .returning('revision')
        .executeTakeFirstOrThrow();
      await announce(write);
      return revision;
    },
  };
}
