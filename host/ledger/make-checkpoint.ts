// Makes a checkpoint over whatever chains have grown, whoever made them grow.

import type { Clock } from '#host/base';
import type { ChainHead, LedgerRepository, Store } from '#host/store';
import {
  hashCheckpoint,
  NO_CHECKPOINT,
  parseCheckpoint,
  readCheckpoint,
  signCheckpoint,
  type Checkpoint,
} from './checkpoint.ts';
import { eachCheckpoint } from './each-checkpoint.ts';
import { ensureSigningKey, getSigningKey } from './stored-key.ts';

/** How a checkpoint is made. */
export interface CheckpointMaking {
  /**
   * Find what grew by comparing all chains with all checkpoints, rather than by the list of those that may have grown: then
   * nothing stays unsigned because somebody deleted a checkpoint or an entry of that list. @default false
   */
  readonly thorough?: boolean;
}

/**
 * A checkpoint that covers every link committed by now: a new one, or the newest where nothing came after it.
 *
 * @throws LEDGER_KEY_UNUSABLE, STORE_BUSY, STORE_FULL, STORE_FAILED
 */
export async function makeCheckpoint(
  store: Pick<Store, 'transaction' | 'keys' | 'ledger'>,
  clock: Clock,
  { thorough = false }: CheckpointMaking = {},
): Promise<Checkpoint> {
  await ensureSigningKey(store, clock);
  // Before the ledger is held, since it takes as long as there are checkpoints.
  const covered = thorough ? await lookOn(store.ledger, NOTHING_COVERED) : undefined;
  const row = await store.transaction(async (rows) => {
    const { ledger } = rows;
    await ledger.hold();
    const key = await getSigningKey(rows);
    const last = await ledger.lastCheckpoint();
    const heads = covered === undefined ? await ledger.uncovered() : await findUncovered(ledger, covered);
    if (last !== undefined && heads.length === 0) return last;
    const previous = last === undefined ? NO_CHECKPOINT : hashCheckpoint(last);
    const made = signCheckpoint({ number: (last?.number ?? 0) + 1, at: clock.now(), previous, heads }, key);
    await ledger.insertCheckpoint(made);
    for (const head of heads) await ledger.cover(head);
    return made;
  });
  return parseCheckpoint({ ...(JSON.parse(row.body) as object), signature: row.signature });
}

/** What checkpoints cover. */
interface Covered {
  /** Of the last that was looked at. */
  readonly number: number;
  /** By chain, its last link under a signature. */
  readonly upTo: ReadonlyMap<string, number>;
}

const NOTHING_COVERED: Covered = { number: 0, upTo: new Map() };

/** The same with the checkpoints made since. */
async function lookOn(ledger: LedgerRepository, known: Covered): Promise<Covered> {
  const upTo = new Map(known.upTo);
  let { number } = known;
  for await (const row of eachCheckpoint(ledger, number)) {
    for (const { writer, sequence } of readCheckpoint(row)?.heads ?? []) upTo.set(writer, sequence);
    number = row.number;
  }
  return { number, upTo };
}

async function findUncovered(ledger: LedgerRepository, covered: Covered): Promise<readonly ChainHead[]> {
  const { upTo } = await lookOn(ledger, covered);
  return (await ledger.ends()).filter(({ writer, sequence }) => sequence > (upTo.get(writer) ?? 0));
}
