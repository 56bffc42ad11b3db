// The store's key: made where there is none yet, and never in place of one that is lost.

import { hostError, type Clock } from '#host/base';
import { createEventRow, WHOLE_STORE, type KeyRepository, type Repositories, type Store } from '#host/store';
import { readCheckpoint } from './checkpoint.ts';
import { createSigningKey, parseSigningKey, type SigningKey } from './signing-key.ts';
import { keyAt, readSuccession } from './succession.ts';

const NAME = 'ledger-signing';

/** What a store is asked about its key, in a transaction. */
type KeyRows = Pick<Repositories, 'keys' | 'events' | 'ledger'>;

/** Has a key made where nothing was signed yet. */
export async function ensureSigningKey(store: Pick<Store, 'transaction' | 'keys'>, clock: Clock): Promise<void> {
  if ((await store.keys.find(NAME)) !== undefined) return;
  await store.transaction(async ({ keys, events, ledger }) => {
    await ledger.hold();
    // A checkpoint was signed: another key would hide that the one is lost.
    if ((await keys.find(NAME)) !== undefined || (await ledger.lastCheckpoint()) !== undefined) return;
    const { key, stored } = createSigningKey();
    await keys.getOrAdd(NAME, stored);
    const data = { publicKey: key.publicKey };
    await events.insert(createEventRow({ tenant: WHOLE_STORE, kind: 'key.made', at: clock.now(), data }));
  });
}

/**
 * The store's key, to sign with in the transaction that asks, which holds the ledger.
 *
 * @throws LEDGER_KEY_UNUSABLE when it is lost, is none, or is not the one that signed so far
 */
export async function getSigningKey({ keys, events, ledger }: KeyRows): Promise<SigningKey> {
  const stored = await keys.find(NAME);
  if (stored === undefined) throw unusable('missing', 'is gone');
  const key = parseSigningKey(stored);
  if (key === undefined) throw unusable('unreadable', 'cannot be read');
  const row = await ledger.lastCheckpoint();
  const last = row === undefined ? undefined : readCheckpoint(row);
  if (last === undefined || last.publicKey === key.publicKey) return key;
  if (keyAt(await readSuccession(events, key.publicKey), last.number) === last.publicKey) return key;
  throw unusable('another', `is not the one that signed checkpoint ${last.number}`);
}

/** Puts another key in its place. */
export async function replaceSigningKey({ keys }: Pick<KeyRows, 'keys'>, stored: Uint8Array): Promise<void> {
  await keys.replace(NAME, stored);
}

/** The public half of the store's key; `undefined` when there is none, or none that can be read. */
export async function findPublicKey(keys: KeyRepository): Promise<string | undefined> {
  const stored = await keys.find(NAME);
  return stored === undefined ? undefined : parseSigningKey(stored)?.publicKey;
}

function unusable(reason: 'missing' | 'unreadable' | 'another', how: string): Error {
  return hostError(
    'LEDGER_KEY_UNUSABLE',
    `the key that signs the ledger ${how}; put back the one of a backup, and find out who could write to the store`,
    { reason },
  );
}
