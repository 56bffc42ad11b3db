// Compares every record with its link, every link with the one before it, and every chain with the checkpoints.

import { EVENT_CHAIN, type LedgerRepository, type Store } from '#host/store';
import { ChainWalk, type WalkTotals } from './chain-walk.ts';
import type { Checkpoint } from './checkpoint.ts';
import { readCoverage, type Coverage } from './coverage.ts';
import { Gaps } from './gaps.ts';
import { ledgerBroken } from './ledger-broken.ts';
import { readLinks } from './read-links.ts';
import { findPublicKey } from './stored-key.ts';

/** A ledger that is what was written. */
export interface LedgerState {
  readonly checkpoints: number;
  /** Records with a link that is behind a checkpoint. */
  readonly covered: number;
  /** Records that no checkpoint covers yet: checked, but whoever can write the store could have changed them. */
  readonly uncovered: number;
  /** Runs that retention took away. */
  readonly pruned: number;
}

/** What is read. */
export type LedgerSource = Pick<Store, 'ledger' | 'keys' | 'events'>;

/**
 * Verifies the ledger of a store that others may be using.
 *
 * @param against a checkpoint that was kept elsewhere: finds what was cut off or written anew since it was made, even by
 *   somebody who has the store's key
 * @throws LEDGER_BROKEN naming the first record that is not what was written (`data.problem`, `data.subject`)
 */
export async function verifyLedger(store: LedgerSource, against?: Checkpoint): Promise<LedgerState> {
  for (;;) {
    const publicKey = await findPublicKey(store.keys);
    try {
      return await verifyOnce(store, publicKey, against);
    } catch (error) {
      // Keys and what they signed are read one after the other: a key that changed meanwhile fits neither.
      if (publicKey === (await findPublicKey(store.keys))) throw error;
    }
  }
}

async function verifyOnce(
  store: LedgerSource,
  publicKey: string | undefined,
  against: Checkpoint | undefined,
): Promise<LedgerState> {
  const coverage = await readCoverage(store, publicKey, against);
  const totals = await walkChains(store.ledger, coverage);
  const unlinked = await store.ledger.findUnlinked();
  if (unlinked === undefined) return { checkpoints: coverage.checkpoints, ...totals };
  const { kind, subject } = unlinked;
  throw ledgerBroken('record-unlinked', `${kind} ${subject} has no link: it was put there past the ledger`, {
    ...unlinked,
  });
}

async function walkChains(ledger: LedgerRepository, { points, succession }: Coverage): Promise<WalkTotals> {
  const gaps = new Gaps(succession);
  const walk = new ChainWalk(points, gaps);
  let events = 0;

  /** Does what may fail because of what was pruned since it was read: then an event says so that was not there to be read. */
  async function dispute<Result>(work: () => Result): Promise<Result> {
    try {
      return work();
    } catch (error) {
      const before = events;
      for await (const { entry, recorded } of readLinks(ledger, { writer: EVENT_CHAIN, sequence: events })) {
        if (entry.writer !== EVENT_CHAIN) break;
        events = entry.sequence;
        if (recorded !== undefined && 'event_id' in recorded.row) gaps.note(recorded.row);
      }
      if (events === before) throw error;
      return work();
    }
  }

  for await (const { entry, recorded } of readLinks(ledger)) {
    await dispute(() => walk.step(entry, recorded));
    if (entry.writer === EVENT_CHAIN) events = entry.sequence;
  }
  return dispute(() => walk.end());
}
