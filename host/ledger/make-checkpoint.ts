// Makes a checkpoint over whatever chains have grown, whoever made them grow.

import type { Clock } from '#host/base';
import type { Store } from '#host/store';
import { hashCheckpoint, NO_CHECKPOINT, parseCheckpoint, signCheckpoint, type Checkpoint } from './checkpoint.ts';
import { getSigningKey } from './signing-key.ts';

/**
 * A checkpoint that covers every link committed by now: a new one, or the newest where nothing came after it.
 *
 * @throws STORE_BUSY, STORE_FULL, STORE_FAILED
 */
export async function makeCheckpoint(store: Pick<Store, 'transaction' | 'keys'>, clock: Clock): Promise<Checkpoint> {
  const key = await getSigningKey(store.keys);
  const row = await store.transaction(async ({ ledger }) => {
    await ledger.hold();
    const last = await ledger.lastCheckpoint();
    const heads = await ledger.uncovered();
    if (last !== undefined && heads.length === 0) return last;
    const previous = last === undefined ? NO_CHECKPOINT : hashCheckpoint(last);
    const made = signCheckpoint({ number: (last?.number ?? 0) + 1, at: clock.now(), previous, heads }, key);
    await ledger.insertCheckpoint(made);
    for (const head of heads) await ledger.cover(head);
    return made;
  });
  return parseCheckpoint({ ...(JSON.parse(row.body) as object), signature: row.signature });
}
