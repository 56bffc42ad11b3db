// The operator's settings: read once, from an environment given as an argument, into one frozen object.
// INVARIANT: names and defaults are promises to operators; test/pins/settings.test.ts holds them.

import { isAbsolute, join } from 'node:path';

import { parseDatabaseAddress, type DatabaseAddress } from './database-address.ts';
import { hostError } from './errors.ts';

/** What the operator decides. */
export interface Config {
  /** Absolute path of the folder that holds the store. `GLOVEBOX_HOME`. @default ".glovebox" in the working directory */
  readonly home: string;
  /** The PostgreSQL that holds the store instead of {@link home}. `DATABASE_URL`. @default none */
  readonly database?: DatabaseAddress;
  /** Most connections to it, besides one that listens for changes. `GLOVEBOX_DATABASE_POOL`. @default 10 */
  readonly databasePool: number;
  /** Who brings the store's schema up to date: whatever opens it, or only `glovebox migrate`. `GLOVEBOX_MIGRATE`. @default "auto" */
  readonly migrate: MigrationPolicy;
  /**
   * What a commit to the embedded database outlives: `normal`, the death of the process; `full`, a power cut too, for a
   * wait for the disk at each. `GLOVEBOX_DURABILITY`. @default "normal"
   */
  readonly durability: Durability;
  /**
   * What the ledger keeps of inputs, outputs, logs and answers: all, their shape without values, or digests alone.
   * `GLOVEBOX_LEDGER_BYTES`. @default "full"
   */
  readonly ledgerBytes: LedgerBytes;
  /** `GLOVEBOX_PORT`. @default 8080 */
  readonly port: number;
  /** Least severe line that is logged. `GLOVEBOX_LOG_LEVEL`. @default "warn" */
  readonly logLevel: LogLevel;
  /** Largest request body a door reads. `GLOVEBOX_BODY_BYTES`. @default 4 MiB */
  readonly bodyBytes: number;
  /** Calls that wait for a lane; one more is HOST_BUSY. `GLOVEBOX_QUEUE`. @default 1000 */
  readonly queue: number;
  /** Most lanes, each with a jailed process. `GLOVEBOX_MAX_LANES`. @default what the jail finds right for the machine */
  readonly maxLanes?: number;
  /** Tenants whose tools may be compiled to machine code. `GLOVEBOX_FAST_TENANTS`, separated by commas. @default nobody's */
  readonly fastTenants: readonly string[];
  /** Whether jailed processes start in bubblewrap: where it works, or not even there. `GLOVEBOX_BUBBLEWRAP`. @default "auto" */
  readonly bubblewrap: BubblewrapPolicy;
  /** Delegated control group (version 2) in which jailed processes are limited. `GLOVEBOX_CGROUP`, an absolute path. @default none */
  readonly cgroup?: string;
  /** What texts that look suspicious come to: a row in the making report, or a refusal. `GLOVEBOX_INSPECTION`. @default "report" */
  readonly inspection: InspectionPolicy;
  /** How long a stopping host waits for what is running. `GLOVEBOX_DRAIN_MS`. @default 10 000 */
  readonly drainMs: number;
  /** How long an idle MCP session is kept. `MCP_SESSION_TIMEOUT`, in seconds. @default 3600 s */
  readonly sessionTimeoutMs: number;
  /** MCP sessions at one time. `MCP_MAX_SESSIONS`. @default 1000 */
  readonly maxSessions: number;
  /** How clients reach this server, when a proxy stands before it. `MCP_SERVER_BASE_URL`. @default the address it listens on */
  readonly serverBaseUrl?: string;
}

/** Who brings the store's schema up to date. */
export type MigrationPolicy = (typeof MIGRATION_POLICIES)[number];

const MIGRATION_POLICIES = ['auto', 'manual'] as const;

/** Whether jailed processes start in bubblewrap. */
export type BubblewrapPolicy = (typeof BUBBLEWRAP_POLICIES)[number];

const BUBBLEWRAP_POLICIES = ['auto', 'never'] as const;

/** What a commit outlives. */
export type Durability = (typeof DURABILITIES)[number];

const DURABILITIES = ['normal', 'full'] as const;

/** What of a run's bytes is written down. */
export type LedgerBytes = (typeof LEDGER_BYTES)[number];

const LEDGER_BYTES = ['full', 'redacted', 'digest'] as const;

/** What suspicious texts come to. */
export type InspectionPolicy = (typeof INSPECTION_POLICIES)[number];

const INSPECTION_POLICIES = ['report', 'refuse'] as const;

/** How severe a log line is. */
export type LogLevel = (typeof LOG_LEVELS)[number];

/** From the most talkative to none. */
const LOG_LEVELS = ['debug', 'info', 'warn', 'error', 'silent'] as const;

const MIB = 1024 * 1024;

/**
 * Reads the settings.
 *
 * @param env the environment, as names and texts; an empty text counts as absent
 * @param workingDirectory what a relative `GLOVEBOX_HOME` starts from
 * @throws CONFIG_INVALID naming the variable, when one is malformed
 */
export function parseConfig(env: Readonly<Record<string, string | undefined>>, workingDirectory: string): Config {
  const maxLanes = wholeNumber(env, 'GLOVEBOX_MAX_LANES', { atLeast: 1, atMost: 256 });
  const serverBaseUrl = baseUrl(env, 'MCP_SERVER_BASE_URL');
  const cgroup = absolutePath(env, 'GLOVEBOX_CGROUP');
  const database = databaseAddress(env, 'DATABASE_URL');
  return Object.freeze({
    home: absolute(given(env, 'GLOVEBOX_HOME') ?? '.glovebox', workingDirectory),
    ...(database === undefined ? {} : { database }),
    databasePool: wholeNumber(env, 'GLOVEBOX_DATABASE_POOL', { atLeast: 1, atMost: 1000 }) ?? 10,
    migrate: oneOf(env, 'GLOVEBOX_MIGRATE', MIGRATION_POLICIES) ?? 'auto',
    durability: oneOf(env, 'GLOVEBOX_DURABILITY', DURABILITIES) ?? 'normal',
    ledgerBytes: oneOf(env, 'GLOVEBOX_LEDGER_BYTES', LEDGER_BYTES) ?? 'full',
    port: wholeNumber(env, 'GLOVEBOX_PORT', { atLeast: 0, atMost: 65_535 }) ?? 8080,
    logLevel: oneOf(env, 'GLOVEBOX_LOG_LEVEL', LOG_LEVELS) ?? 'warn',
    bodyBytes: wholeNumber(env, 'GLOVEBOX_BODY_BYTES', { atLeast: 1024, atMost: 64 * MIB }) ?? 4 * MIB,
    queue: wholeNumber(env, 'GLOVEBOX_QUEUE', { atLeast: 1, atMost: 100_000 }) ?? 1000,
    ...(maxLanes === undefined ? {} : { maxLanes }),
    fastTenants: tenants(env, 'GLOVEBOX_FAST_TENANTS'),
    bubblewrap: oneOf(env, 'GLOVEBOX_BUBBLEWRAP', BUBBLEWRAP_POLICIES) ?? 'auto',
    ...(cgroup === undefined ? {} : { cgroup }),
    inspection: oneOf(env, 'GLOVEBOX_INSPECTION', INSPECTION_POLICIES) ?? 'report',
    drainMs: wholeNumber(env, 'GLOVEBOX_DRAIN_MS', { atLeast: 0, atMost: 600_000 }) ?? 10_000,
    sessionTimeoutMs: (wholeNumber(env, 'MCP_SESSION_TIMEOUT', { atLeast: 1, atMost: 2_000_000 }) ?? 3600) * 1000,
    maxSessions: wholeNumber(env, 'MCP_MAX_SESSIONS', { atLeast: 1, atMost: 100_000 }) ?? 1000,
    ...(serverBaseUrl === undefined ? {} : { serverBaseUrl }),
  });
}

type Env = Readonly<Record<string, string | undefined>>;

function given(env: Env, name: string): string | undefined {
  const text = env[name]?.trim();
  return text === '' ? undefined : text;
}

function absolute(path: string, workingDirectory: string): string {
  return isAbsolute(path) ? path : join(workingDirectory, path);
}

function absolutePath(env: Env, name: string): string | undefined {
  const path = given(env, name);
  if (path === undefined || isAbsolute(path)) return path;
  throw invalid(name, 'an absolute path', path);
}

function wholeNumber(
  env: Env,
  name: string,
  range: { readonly atLeast: number; readonly atMost: number },
): number | undefined {
  const text = given(env, name);
  if (text === undefined) return undefined;
  const value = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
  if (value >= range.atLeast && value <= range.atMost) return value;
  throw invalid(name, `a whole number from ${range.atLeast} to ${range.atMost}`, text);
}

function oneOf<Choice extends string>(env: Env, name: string, choices: readonly Choice[]): Choice | undefined {
  const text = given(env, name);
  if (text === undefined) return undefined;
  const choice = choices.find((each) => each === text);
  if (choice === undefined) throw invalid(name, `one of ${choices.join(', ')}`, text);
  return choice;
}

function tenants(env: Env, name: string): readonly string[] {
  const text = given(env, name);
  if (text === undefined) return [];
  const names = text.split(',').map((each) => each.trim());
  if (names.every((each) => /^[\w.-]+$/.test(each))) return Object.freeze(names);
  throw invalid(name, 'names of tenants, separated by commas', text);
}

function databaseAddress(env: Env, name: string): DatabaseAddress | undefined {
  const text = given(env, name);
  if (text === undefined) return undefined;
  const address = parseDatabaseAddress(text);
  if (address !== undefined) return address;
  // SECURITY: it may hold a password, so the message does not quote it; test/unit/host/base/config.test.ts holds that.
  throw hostError(
    'CONFIG_INVALID',
    `${name} must be a URL that starts with postgres:// or postgresql://, its password percent-encoded`,
    { variable: name },
  );
}

function baseUrl(env: Env, name: string): string | undefined {
  const text = given(env, name);
  if (text === undefined) return undefined;
  const url = URL.parse(text);
  if (url === null || !['http:', 'https:'].includes(url.protocol)) throw invalid(name, 'an http or https URL', text);
  return text.replace(/\/+$/, '');
}

function invalid(name: string, expected: string, actual: string): Error {
  return hostError('CONFIG_INVALID', `${name} must be ${expected}, not ${JSON.stringify(actual)}`, { variable: name });
}
