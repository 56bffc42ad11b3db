// What a verification says of a ledger that is not what was written.

import { hostError } from '#host/base';
import type { CodedError } from '#sandbox';

/** What is wrong. */
export type LedgerProblem =
  /** A record is not what its link seals. */
  | 'record-changed'
  /** A record is gone, and no signed pruning says so. */
  | 'record-missing'
  /** A record has no link. */
  | 'record-unlinked'
  /** A link is not what its hash seals, or not where it was. */
  | 'link-changed'
  /** Links are gone from the middle of a chain. */
  | 'links-missing'
  /** A chain ends before a checkpoint says it did. */
  | 'chain-cut'
  /** A chain agrees with itself, and not with a checkpoint. */
  | 'chain-rewritten'
  | 'checkpoint-missing'
  | 'checkpoint-changed'
  /** Checkpoints were signed, and the store has no key. */
  | 'key-missing'
  | 'key-changed';

/** LEDGER_BROKEN. */
export function ledgerBroken(
  problem: LedgerProblem,
  message: string,
  where: Readonly<Record<string, unknown>>,
): CodedError {
  return hostError(
    'LEDGER_BROKEN',
    `${message}; keep a copy of the store as it is, and find out who could write to it`,
    { problem, ...where },
  );
}
