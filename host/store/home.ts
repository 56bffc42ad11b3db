// The folder a host keeps its state in, closed to other users of the machine.

import { access, mkdir, open } from 'node:fs/promises';
import { join } from 'node:path';

import { toStoreError } from './sqlite/sqlite-errors.ts';

const DATABASE_FILE = 'glovebox.db';

/**
 * Creates the home (mode 0700) and the database file (0600) where they are missing; the path of the file.
 *
 * @throws STORE_FULL, STORE_FAILED
 */
export async function prepareHome(home: string): Promise<string> {
  const path = join(home, DATABASE_FILE);
  try {
    await mkdir(home, { recursive: true, mode: 0o700 });
    // Before SQLite does, whose own files follow this one's mode: they must not be readable even for a moment.
    await using _file = await open(path, 'a', 0o600);
  } catch (error) {
    throw toStoreError(error);
  }
  return path;
}

/** Whether a home holds a database. */
export function hasDatabaseFile(home: string): Promise<boolean> {
  return access(join(home, DATABASE_FILE)).then(
    () => true,
    () => false,
  );
}
