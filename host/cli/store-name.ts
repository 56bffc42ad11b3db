// What a store is called where people read it.

import type { Config } from '#host/base';

/** The home's path, or the database's host and name; never what it takes to log in. */
export function storeName({ database, home }: Config): string {
  return database?.shown ?? home;
}
