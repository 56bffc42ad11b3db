// Change counters, as rows.

import type { RevisionRepository } from '../types.ts';
import type { Handles } from './handles.ts';

/** The revision repository of a database. */
export function createRevisionRepository({ read, write }: Handles): RevisionRepository {
  return {
    all: () => read.selectFrom('revisions').selectAll().execute(),
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
      return revision;
    },
  };
}
