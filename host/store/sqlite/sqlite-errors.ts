// From SQLite's result codes to ours.

import { isCodedError, type CodedError } from '#sandbox';
import { Passing, storeFailed, storeFull } from '../store-errors.ts';

// https://www.sqlite.org/rescode.html; the low byte is the primary code.
const SQLITE_BUSY = 5;
const SQLITE_LOCKED = 6;
const SQLITE_IOERR = 10;
const SQLITE_FULL = 13;
const SQLITE_CONSTRAINT = 19;
// The shared-memory file could not grow: what a full disk says before the first write.
const SQLITE_IOERR_SHMSIZE = SQLITE_IOERR | (19 << 8);

/** {@link Passing} where another connection held the lock this statement needed, else {@link toStoreError}. */
export function readSqliteError(error: unknown): Error {
  const code = resultCode(error);
  const isBusy = code !== undefined && ((code & 0xff) === SQLITE_BUSY || (code & 0xff) === SQLITE_LOCKED);
  return isBusy ? new Passing(error) : toStoreError(error);
}

/** Whatever went wrong in the database or under it, as STORE_FULL or STORE_FAILED; coded errors pass unchanged. */
export function toStoreError(error: unknown): CodedError {
  if (isCodedError(error)) return error;
  const code = resultCode(error);
  if (isFull(error, code)) return storeFull(error);
  if (code === undefined) return storeFailed(systemCode(error), error);
  return storeFailed((code & 0xff) === SQLITE_CONSTRAINT ? 'constraint' : `sqlite-${code}`, error);
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
