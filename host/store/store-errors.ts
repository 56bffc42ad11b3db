// What a store says when it cannot, whatever is behind it.

import { hostError } from '#host/base';
import type { CodedError } from '#sandbox';

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

/** STORE_FULL. */
export function storeFull(cause: unknown): CodedError {
  return hostError('STORE_FULL', 'the disk of the store is full; nothing was written; free some space', undefined, {
    cause,
  });
}

/** STORE_FAILED, with a word for programs. */
export function storeFailed(reason: string, cause?: unknown): CodedError {
  return hostError('STORE_FAILED', `the store failed (${reason}); nothing was written`, { reason }, { cause });
}

/** STORE_FAILED, for a request that came after the store was closed. */
export function storeClosed(): CodedError {
  return hostError('STORE_FAILED', 'the store is closed', { reason: 'closed' });
}

/** What the database cannot do now and may do in a moment. Nothing of it was written. */
export class Passing extends Error {
  /** What it comes to once nobody waits any longer. */
  readonly giveUp: (waitedMs: number) => CodedError;

  constructor(cause: unknown, giveUp: (waitedMs: number) => CodedError = (waitedMs) => storeBusy(waitedMs, cause)) {
    super('the database cannot do it now', { cause });
    this.name = 'Passing';
    this.giveUp = giveUp;
  }
}
