// From SQLite's result codes to ours.

import { hostError } from '#host/base';
import { isCodedError, type CodedError } from '#sandbox';

// https://www.sqlite.org/rescode.html; the low byte is the primary code.
const SQLITE_BUSY = 5;
const SQLITE_LOCKED = 6;
const SQLITE_IOERR = 10;
const SQLITE_FULL = 13;
const SQLITE_CONSTRAINT = 19;
// The shared-memory file could not grow: what a full disk says before the first write.
const SQLITE_IOERR_SHMSIZE = SQLITE_IOERR | (19 << 8);

/** Whether another connection held the lock this statement needed. */
export function isBusy(error: unknown): boolean {
  const code = resultCode(error);
  return code !== undefined && ((code & 0xff) === SQLITE_BUSY || (code & 0xff) === SQLITE_LOCKED);
}

/** STORE_BUSY, for a wait that has gone on for long enough. */
export function storeBusy(waitedMs: number, cause?: unknown): CodedError {
  const waited = Math.round(waitedMs);
  return hostError(
    'STORE_BUSY',
    `the store was held by other writers for ${waited} ms; try again, or end what holds it`,
    { waitedMs: waited },
    { cause },
  );
}

/** Whatever went wrong in the database or under it, as STORE_FULL or STORE_FAILED; coded errors pass unchanged. */
export function toStoreError(error: unknown): CodedError {
  if (isCodedError(error)) return error;
  const code = resultCode(error);
  if (isFull(error, code)) {
    return hostError('STORE_FULL', 'the disk of the store is full; nothing was written; free some space', undefined, {
      cause: error,
    });
  }
  const reason =
    code === undefined ? systemCode(error) : (code & 0xff) === SQLITE_CONSTRAINT ? 'constraint' : `sqlite-${code}`;
  return hostError('STORE_FAILED', `the store failed (${reason}); nothing was written`, { reason }, { cause: error });
}

function isFull(error: unknown, code: number | undefined): boolean {
  if (code !== undefined) return (code & 0xff) === SQLITE_FULL || code === SQLITE_IOERR_SHMSIZE;
  return ['ENOSPC', 'EDQUOT'].includes(systemCode(error));
}

/** SQLite's extended result code. */
function resultCode(error: unknown): number | undefined {
  if (!(error instanceof Error) || !('errcode' in error)) return undefined;
  return typeof error.errcode === 'number' ? error.errcode : undefined;
}

/** A system call's code such as EACCES. */
function systemCode(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'unknown';
}
