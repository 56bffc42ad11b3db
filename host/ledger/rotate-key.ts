// Another key from now on, after the present one has signed all there is and named its successor.

import type { Clock } from '#host/base';
import { createEventRow, WHOLE_STORE, type Store } from '#host/store';
import type { Checkpoint } from './checkpoint.ts';
import { makeCheckpoint } from './make-checkpoint.ts';
import { createSigningKey } from './signing-key.ts';
import { getSigningKey, replaceSigningKey } from './stored-key.ts';
import { signRotation } from './succession.ts';

/**
 * Gives the ledger a new key and forgets the old one; what that signed stays as it is.
 *
 * @returns the first checkpoint of the new key
 * @throws LEDGER_KEY_UNUSABLE, STORE_BUSY, STORE_FULL, STORE_FAILED
 */
export async function rotateKey(
  store: Pick<Store, 'transaction' | 'keys' | 'ledger'>,
  clock: Clock,
): Promise<Checkpoint> {
  await makeCheckpoint(store, clock);
  await store.transaction(async (rows) => {
    await rows.ledger.hold();
    const from = await getSigningKey(rows);
    const { key, stored } = createSigningKey();
    const after = (await rows.ledger.lastCheckpoint())?.number ?? 0;
    const data = signRotation(from, key, after);
    await replaceSigningKey(rows, stored);
    await rows.events.insert(createEventRow({ tenant: WHOLE_STORE, kind: 'key.rotated', at: clock.now(), data }));
  });
  return makeCheckpoint(store, clock);
}
