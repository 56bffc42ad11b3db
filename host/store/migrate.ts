// Brings a database to this program's shape, and leaves alone what a newer program wrote.

import type { Kysely } from 'kysely';

import { hostError } from '#host/base';
import { MIGRATIONS } from './migrations.ts';
import type { Tables } from './tables.ts';

/** The schema version this program writes. */
export const SCHEMA_VERSION = MIGRATIONS.length;

/** @throws STORE_NEWER when a newer program has been here; nothing was changed then */
export async function checkSchema(db: Kysely<Tables>): Promise<void> {
  await presentVersion(db);
}

/**
 * Applies the missing steps, all in one transaction: two processes that open a new home at once build it once.
 *
 * @throws STORE_NEWER
 */
export async function migrate(db: Kysely<Tables>): Promise<void> {
  if ((await presentVersion(db)) === SCHEMA_VERSION) return;
  await db.transaction().execute(async (transaction) => {
    // Again, now that nobody else can write.
    const present = await presentVersion(transaction);
    if (present === 0) await createSchemaTable(transaction);
    for (const step of MIGRATIONS.slice(present)) await step(transaction as unknown as Kysely<unknown>);
    await transaction.updateTable('glovebox_schema').set({ version: SCHEMA_VERSION }).execute();
  });
}

async function presentVersion(db: Kysely<Tables>): Promise<number> {
  const tables = await db.introspection.getTables();
  if (!tables.some(({ name }) => name === 'glovebox_schema')) return 0;
  const { version } = await db.selectFrom('glovebox_schema').select('version').executeTakeFirstOrThrow();
  if (version <= SCHEMA_VERSION) return version;
  throw hostError(
    'STORE_NEWER',
    `the store was written by a newer Glovebox (schema ${version}, this one knows ${SCHEMA_VERSION}); update this one`,
    { version, known: SCHEMA_VERSION },
  );
}

async function createSchemaTable(db: Kysely<Tables>): Promise<void> {
  await db.schema
    .createTable('glovebox_schema')
    .addColumn('version', 'integer', (column) => column.notNull())
    .execute();
  await db.insertInto('glovebox_schema').values({ version: 0 }).execute();
}
