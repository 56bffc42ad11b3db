// Events that are believed for a signature of their own, because they excuse that something is gone.
//
// SECURITY: a link is no authority: whoever can write the store can append one, and the next checkpoint signs it.
// test/unit/host/ledger/verify-ledger.test.ts holds that only what the ledger's key signed excuses anything.

import { canonicalJson, type Clock } from '#host/base';
import { createEventRow, type EventKind, type LedgerEventRow, type Repositories, type Store } from '#host/store';
import { parseEventData } from './list-events.ts';
import { isSignedBy } from './signing-key.ts';
import { ensureSigningKey, getSigningKey } from './stored-key.ts';

/** What such an event says. */
export interface SignedStatement {
  readonly tenant: string;
  readonly kind: EventKind;
  readonly data: Readonly<Record<string, unknown>>;
}

/**
 * Writes the event; what `alongside` changes is changed in the same transaction.
 *
 * @throws LEDGER_KEY_UNUSABLE, STORE_BUSY, STORE_FULL, STORE_FAILED
 */
export async function insertSignedEvent(
  store: Pick<Store, 'transaction' | 'keys'>,
  clock: Clock,
  statement: SignedStatement,
  alongside?: (rows: Repositories) => Promise<void>,
): Promise<void> {
  await ensureSigningKey(store, clock);
  await store.transaction(async (rows) => {
    // Before the key is read: an event that follows a rotation in the chain must bear the new key's signature.
    await rows.ledger.hold();
    const signature = (await getSigningKey(rows)).sign(textOf(statement));
    const { tenant, kind, data } = statement;
    await rows.events.insert(createEventRow({ tenant, kind, at: clock.now(), data: { ...data, signature } }));
    await alongside?.(rows);
  });
}

/** What an event of this kind says under the signature of that key; `undefined` of any other event. */
export function readSignedEvent(
  { tenant, kind, data: text }: LedgerEventRow,
  expected: EventKind,
  publicKey: string,
): SignedStatement['data'] | undefined {
  if (kind !== expected) return undefined;
  const { signature, ...data } = parseEventData(text);
  if (typeof signature !== 'string') return undefined;
  return isSignedBy(publicKey, textOf({ tenant, kind: expected, data }), signature) ? data : undefined;
}

/** `{"kind":…,"tenant":…,…data}`, canonical. */
function textOf({ tenant, kind, data }: SignedStatement): string {
  return canonicalJson({ ...data, kind, tenant });
}
