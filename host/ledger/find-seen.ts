// Which links checkpoints have seen: nobody without the key can have put those there.

import type { ChainHead, LedgerCheckpointRow, Store } from '#host/store';
import { hashCheckpoint, NO_CHECKPOINT, readCheckpoint, type CheckpointBody } from './checkpoint.ts';
import { eachCheckpoint } from './each-checkpoint.ts';
import { findPublicKey } from './stored-key.ts';

/**
 * By chain, the place of the last of `links` at which a checkpoint saw it end. None when the checkpoints do not lead, each
 * from the one before it, to one that the present key signed: its signature vouches for all before it.
 */
export async function findSeen(
  { ledger, keys }: Pick<Store, 'ledger' | 'keys'>,
  links: readonly ChainHead[],
): Promise<ReadonlyMap<string, number>> {
  const byHash = new Map(links.map((link) => [link.hash, link]));
  const seen = new Map<string, number>();
  let last: LedgerCheckpointRow | undefined;
  for await (const row of eachCheckpoint(ledger)) {
    const { previous, heads } = JSON.parse(row.body) as CheckpointBody;
    if (previous !== (last === undefined ? NO_CHECKPOINT : hashCheckpoint(last))) return new Map();
    for (const { writer, sequence, hash } of heads) {
      const link = byHash.get(hash);
      if (link?.writer === writer && link.sequence === sequence) seen.set(writer, sequence);
    }
    last = row;
  }
  const newest = last === undefined ? undefined : readCheckpoint(last);
  return newest?.publicKey === (await findPublicKey(keys)) ? seen : new Map();
}
