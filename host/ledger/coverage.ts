// What checkpoints say of the chains, once they themselves are what was signed.

import type { LedgerCheckpointRow, Store } from '#host/store';
import { hashCheckpoint, NO_CHECKPOINT, readCheckpoint, toCheckpointRow, type Checkpoint } from './checkpoint.ts';
import { eachCheckpoint } from './each-checkpoint.ts';
import { ledgerBroken } from './ledger-broken.ts';
import { keyAt, readSuccession, type Succession } from './succession.ts';

/** Where a chain was when a checkpoint was made. */
export interface CoveredPoint {
  readonly sequence: number;
  readonly hash: string;
  /** The checkpoint's number. */
  readonly checkpoint: number;
}

/** What the checkpoints say. */
export interface Coverage {
  /** How many there are. */
  readonly checkpoints: number;
  /** Whose signatures count; empty when the store holds no key. */
  readonly succession: Succession;
  /** By chain, in order. */
  readonly points: ReadonlyMap<string, readonly CoveredPoint[]>;
}

/**
 * Reads and checks every checkpoint.
 *
 * @param publicKey of the key the store holds
 * @param against one that was kept elsewhere; it must be among them
 * @throws LEDGER_BROKEN naming the first that is missing or changed
 */
export async function readCoverage(
  store: Pick<Store, 'ledger' | 'events'>,
  publicKey: string | undefined,
  against: Checkpoint | undefined,
): Promise<Coverage> {
  const succession = publicKey === undefined ? [] : await readSuccession(store.events, publicKey);
  const keptKey = against === undefined ? undefined : keyAt(succession, against.number);
  if (against !== undefined && keptKey !== undefined && against.publicKey !== keptKey) throw keyChanged(against);
  const points = new Map<string, CoveredPoint[]>();
  let number = 0;
  let previous = NO_CHECKPOINT;
  for await (const row of eachCheckpoint(store.ledger)) {
    const checkpoint = checkRow(row, { number: number + 1, previous, succession, against });
    for (const { writer, sequence, hash } of checkpoint.heads) {
      const known = points.get(writer) ?? [];
      known.push({ sequence, hash, checkpoint: checkpoint.number });
      points.set(writer, known);
    }
    number = row.number;
    previous = hashCheckpoint(row);
  }
  if (against !== undefined && against.number > number) throw missing(number + 1, against.number);
  return { checkpoints: number, succession, points };
}

interface Expected {
  readonly number: number;
  readonly previous: string;
  readonly succession: Succession;
  readonly against: Checkpoint | undefined;
}

function checkRow(row: LedgerCheckpointRow, { number, previous, succession, against }: Expected): Checkpoint {
  if (row.number !== number) throw missing(number, row.number);
  const publicKey = keyAt(succession, number);
  if (publicKey === undefined) {
    throw ledgerBroken('key-missing', `the store holds no key that could have signed checkpoint ${number}`, { number });
  }
  const checkpoint = readCheckpoint(row);
  if (checkpoint === undefined) throw changed(number, 'is not what was signed');
  if (checkpoint.publicKey !== publicKey) throw keyChanged(checkpoint);
  if (checkpoint.number !== number || checkpoint.previous !== previous) throw changed(number, 'belongs elsewhere');
  if (against?.number === number && toCheckpointRow(against).body !== row.body) {
    throw changed(number, 'is not the one that was kept: what it covers was written anew');
  }
  return checkpoint;
}

function missing(number: number, before: number): Error {
  return ledgerBroken('checkpoint-missing', `checkpoint ${number} is gone, and number ${before} was made after it`, {
    checkpoint: number,
  });
}

function changed(number: number, how: string): Error {
  return ledgerBroken('checkpoint-changed', `checkpoint ${number} ${how}`, { checkpoint: number });
}

function keyChanged({ number }: Checkpoint): Error {
  return ledgerBroken('key-changed', `checkpoint ${number} bears the signature of another key than the store holds`, {
    checkpoint: number,
  });
}
