// Under which settings runs were recorded: an event whenever they are not those of the last one.

import { canonicalJson, type Clock } from '#host/base';
import { createEventRow, WHOLE_STORE, type Store } from '#host/store';
import { parseEventData } from './list-events.ts';

/** What the operator decided that an auditor asks for: plain JSON, and no secret. */
export type Policy = Readonly<Record<string, string | boolean | readonly string[]>>;

const KIND = 'policy.set';

/**
 * A function that sees to it that the newest event of its kind says `policy`, once; what it rejects with, it tries again.
 * A process that records no run leaves none.
 */
export function createPolicyNote(store: Pick<Store, 'events'>, clock: Clock, policy: Policy): () => Promise<void> {
  let noted: Promise<void> | undefined;
  return () =>
    (noted ??= note(store, clock, policy).catch((error: unknown) => {
      noted = undefined;
      throw error;
    }));
}

async function note({ events }: Pick<Store, 'events'>, clock: Clock, policy: Policy): Promise<void> {
  const [last] = await events.list(WHOLE_STORE, { kind: KIND, limit: 1 });
  if (last !== undefined && canonicalJson(parseEventData(last.data)) === canonicalJson(policy)) return;
  await events.insert(createEventRow({ tenant: WHOLE_STORE, kind: KIND, at: clock.now(), data: policy }));
}
