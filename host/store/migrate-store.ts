// The schema for its own sake, looked at or brought up to date: `glovebox migrate`.

import { hasDatabaseFile } from './home.ts';
import { EMPTY_SCHEMA, migrate, readSchema } from './migrate.ts';
import { openDatabase, type StoreOptions } from './open-database.ts';
import type { SchemaState } from './types.ts';

/** How the schema stands. Writes nothing, and creates no home. @throws STORE_NEWER, STORE_BUSY, STORE_FAILED */
export async function examineSchema(options: StoreOptions): Promise<SchemaState> {
  if (options.database === undefined && !(await hasDatabaseFile(options.home))) return EMPTY_SCHEMA;
  await using database = await openDatabase(options);
  return await readSchema(database, database.write);
}

/**
 * Creates the schema or brings it up to date, whatever the policy is.
 *
 * @returns how it stood before
 * @throws STORE_NEWER, STORE_BUSY, STORE_FULL, STORE_FAILED
 */
export async function migrateStore(options: StoreOptions): Promise<SchemaState> {
  await using database = await openDatabase(options);
  const state = await readSchema(database, database.write);
  if (state.missing.length === 0) return state;
  await database.prepare();
  return await migrate(database);
}
