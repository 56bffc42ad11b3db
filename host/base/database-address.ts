// Where a database server is, with what it takes to log in: shown without, revealed to whoever connects.

const PROTOCOLS: readonly string[] = ['postgres:', 'postgresql:'];

/** The address of a PostgreSQL database. */
export interface DatabaseAddress {
  /** Host and database: all that may be shown, logged or told. */
  readonly shown: string;
  /**
   * The whole URL.
   *
   * SECURITY: it may hold a password, so it is no field that a log, an error or an inspection would write out;
   * test/unit/host/base/database-address.test.ts holds it.
   */
  reveal(): string;
}

/** The address, or `undefined` when the text is no URL of a PostgreSQL database. */
export function parseDatabaseAddress(text: string): DatabaseAddress | undefined {
  const url = URL.parse(text);
  if (url === null || !PROTOCOLS.includes(url.protocol)) return undefined;
  // SECURITY: a password with a bare `/`, `?` or `#` in it ends the host early, and its rest would be shown as the path.
  if (`${url.pathname}${url.search}${url.hash}`.includes('@')) return undefined;
  // The parameter goes first, as with the driver. A socket's folder is given so, or as a host with its slashes encoded.
  const host = url.searchParams.get('host') ?? (url.host === '' ? 'localhost' : url.host.replaceAll(/%2f/gi, '/'));
  return Object.freeze({ shown: `${host}${url.pathname}`, reveal: () => text });
}
