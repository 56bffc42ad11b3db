// What the ledger keeps of runs that retention takes away: that it did, signed, before they go.

import { canonicalJson, createId, type Clock, type TenantId } from '#host/base';
import type { LedgerEventRow, Store } from '#host/store';
import { getSigningKey, isSignedBy } from './signing-key.ts';

const KIND = 'runs.pruned';

/** Records under a signature that a tenant's runs up to this one go. To be called before the first of them goes. */
export async function recordPruning(
  store: Pick<Store, 'events' | 'keys'>,
  clock: Clock,
  { tenant, upTo }: { readonly tenant: TenantId; readonly upTo: string },
): Promise<void> {
  const at = clock.now();
  const key = await getSigningKey(store.keys);
  const data = JSON.stringify({ upTo, signature: key.sign(statementOf(tenant, upTo)) });
  await store.events.insert({ tenant, event_id: createId('evt', at), kind: KIND, at, data });
}

/**
 * The newest run that such an event lets go; `undefined` of any other event.
 *
 * SECURITY: a link of its own is no authority: whoever can write the store can append one, and the next checkpoint signs
 * it. test/unit/host/ledger/verify-ledger.test.ts holds that the event itself must be signed.
 */
export function readPruning({ kind, tenant, data }: LedgerEventRow, publicKey: string): string | undefined {
  if (kind !== KIND) return undefined;
  const { upTo, signature } = parseObject(data);
  if (typeof upTo !== 'string' || typeof signature !== 'string') return undefined;
  return isSignedBy(publicKey, statementOf(tenant, upTo), signature) ? upTo : undefined;
}

function statementOf(tenant: string, upTo: string): string {
  return canonicalJson({ kind: KIND, tenant, upTo });
}

function parseObject(text: string): Readonly<Record<string, unknown>> {
  try {
    return { ...(JSON.parse(text) as object) };
  } catch {
    return {};
  }
}
