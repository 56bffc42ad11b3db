// Brings a database to this program's shape, and leaves alone what a newer program wrote.

import type { Kysely } from 'kysely';

import { hostError } from '#host/base';
import type { Database } from './database.ts';
import { MIGRATIONS } from './migrations.ts';
import type { Tables } from './tables.ts';
import type { SchemaState } from './types.ts';

/** The schema version this program writes. */
export const SCHEMA_VERSION = MIGRATIONS.length;

/** Of a database that is not there yet. */
export const EMPTY_SCHEMA: SchemaState = stateAt(0);

type Schema = Pick<Database, 'hasTable'>;

/** Where the schema stands. @throws STORE_NEWER when a newer program has been here */
export async function readSchema(schema: Schema, db: Kysely<Tables>): Promise<SchemaState> {
  const present = await presentVersion(schema, db);
  if (present > SCHEMA_VERSION) {
    throw hostError(
      'STORE_NEWER',
      `the store was written by a newer Glovebox (schema ${present}, this one knows ${SCHEMA_VERSION}); update this one`,
      { version: present, known: SCHEMA_VERSION },
    );
  }
  return stateAt(present);
}

/**
 * Applies the missing steps, all in one transaction: processes that open a new store at once build it once.
 *
 * @returns what was missing
 * @throws STORE_NEWER
 */
export async function migrate(database: Database): Promise<SchemaState> {
  return database.migrating(async (transaction) => {
    // Read now, when nobody else can write it.
    const state = await readSchema(database, transaction);
    if (state.present === 0) await createSchemaTable(transaction);
    for (const { apply } of MIGRATIONS.slice(state.present)) await apply(transaction as unknown as Kysely<unknown>);
    await transaction.updateTable('glovebox_schema').set({ version: SCHEMA_VERSION }).execute();
    return state;
  });
}

function stateAt(present: number): SchemaState {
  const missing = MIGRATIONS.map(({ name }, index) => ({ version: index + 1, name })).slice(present);
  return { present, target: SCHEMA_VERSION, missing };
}

async function presentVersion(schema: Schema, db: Kysely<Tables>): Promise<number> {
  if (!(await schema.hasTable(db, 'glovebox_schema'))) return 0;
  const { version } = await db.selectFrom('glovebox_schema').select('version').executeTakeFirstOrThrow();
  return version;
}

async function createSchemaTable(db: Kysely<Tables>): Promise<void> {
  await db.schema
    .createTable('glovebox_schema')
    .addColumn('version', 'integer', (column) => column.notNull())
    .execute();
  await db.insertInto('glovebox_schema').values({ version: 0 }).execute();
}
