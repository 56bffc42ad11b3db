// From PostgreSQL's error codes, and from connections that break, to ours.

import { hostError } from '#host/base';
import { isCodedError, type CodedError } from '#sandbox';
import { Passing, storeBusy, storeFailed, storeFull } from '../store-errors.ts';

// https://www.postgresql.org/docs/current/errcodes-appendix.html
/** Serialization failure, deadlock, lock timeout, statement timeout, too many connections. */
const BUSY: ReadonlySet<string> = new Set(['40001', '40P01', '55P03', '57014', '53300']);
/** Shutdown, crash, starting up, idle for too long: the server takes its connections with it. */
const GONE: ReadonlySet<string> = new Set(['57P01', '57P02', '57P03', '57P05', '25P03']);
const CONNECTION_CLASS = '08';
const CONSTRAINT_CLASS = '23';
const DISK_FULL = '53100';

/** A word for programs and operators where the bare code would have to be looked up. */
const REASONS: Readonly<Record<string, string>> = {
  '28000': 'login',
  '28P01': 'login',
  '3D000': 'no-database',
  '42501': 'permission',
  '3F000': 'no-schema',
  '25006': 'read-only',
};

/** What was under way when it went wrong. */
export type Stage =
  /** No statement was sent yet. */
  | 'connect'
  /** A statement of its own, or within a transaction, that may be sent again. */
  | 'repeatable'
  /** A statement whose effect would come twice if it had come already. */
  | 'once';

/** {@link Passing} where a later attempt may succeed and nothing was written, else what to throw. */
export function readPostgresError(error: unknown, stage: Stage): Error {
  if (isCodedError(error)) return error;
  const code = sqlState(error);
  if (code !== undefined && BUSY.has(code)) return new Passing(error, (waitedMs) => storeBusy(waitedMs, error));
  if (!isGone(code)) return toFinalError(error, code);
  if (stage === 'once') return connectionLost(error);
  return new Passing(error, () => unreachable(error));
}

/** Whether the connection this came from can be used no more. */
export function isConnectionBroken(error: unknown): boolean {
  return !isCodedError(error) && isGone(sqlState(error));
}

/** What the server never answered, the network, the driver or a time limit ended. */
function isGone(code: string | undefined): boolean {
  return code === undefined || GONE.has(code) || code.startsWith(CONNECTION_CLASS);
}

function toFinalError(error: unknown, code = ''): CodedError {
  if (code === DISK_FULL) return storeFull(error);
  if (code.startsWith(CONSTRAINT_CLASS)) return storeFailed('constraint', error);
  return storeFailed(REASONS[code] ?? `postgresql-${code}`, error);
}

function connectionLost(cause: unknown): CodedError {
  return hostError(
    'STORE_FAILED',
    'the connection to the database broke; whether this was written is not known',
    { reason: 'connection-lost' },
    { cause },
  );
}

function unreachable(cause: unknown): CodedError {
  const why = systemCode(cause);
  const message = `the database cannot be reached${why === undefined ? '' : ` (${why})`}`;
  return hostError('STORE_FAILED', message, { reason: 'unreachable' }, { cause });
}

/** What the network or the disk said: `ECONNREFUSED`, `DEPTH_ZERO_SELF_SIGNED_CERT`. Never more than such a word. */
function systemCode(error: unknown): string | undefined {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' && /^[A-Z][A-Z0-9_]*$/.test(code) ? code : undefined;
}

/** The server's own code. System calls' codes look otherwise: `ECONNREFUSED`. */
function sqlState(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') return undefined;
  return /^[0-9A-Z]{5}$/.test(error.code) && 'severity' in error ? error.code : undefined;
}
