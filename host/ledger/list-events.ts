// What was done to tools, versions, keys and settings, for whoever asks what happened.

import { firstIdAt } from '#host/base';
import type { LedgerEventRow, Store } from '#host/store';

/** Something done to what the store holds, other than a making or a run. */
export interface EventRecord {
  readonly eventId: string;
  /** A tenant, or `*` for what concerns all of them. */
  readonly tenant: string;
  readonly kind: string;
  /** Epoch milliseconds. */
  readonly at: number;
  /** To what, and by whom where somebody asked for it. */
  readonly data: Readonly<Record<string, unknown>>;
}

/** Which events to list. */
export interface EventsQuery {
  readonly kind?: string;
  /** At or after, and before: epoch milliseconds. */
  readonly since?: number;
  readonly until?: number;
  /** @default 50 */
  readonly limit?: number;
}

const DEFAULT_LIMIT = 50;

/** A tenant's events and those of the whole store, newest first. @throws STORE_BUSY, STORE_FAILED */
export async function listEvents(
  { events }: Pick<Store, 'events'>,
  tenant: string,
  { kind, since, until, limit = DEFAULT_LIMIT }: EventsQuery = {},
): Promise<readonly EventRecord[]> {
  const rows = await events.list(tenant, {
    ...(kind === undefined ? {} : { kind }),
    ...(since === undefined ? {} : { from: firstIdAt('evt', since) }),
    ...(until === undefined ? {} : { before: firstIdAt('evt', until) }),
    limit,
  });
  return rows.map(toEventRecord);
}

function toEventRecord({ event_id, tenant, kind, at, data }: LedgerEventRow): EventRecord {
  return { eventId: event_id, tenant, kind, at, data: parseEventData(data) };
}

/** What an event says; nothing, when somebody else wrote there what is no JSON object. */
export function parseEventData(text: string): Readonly<Record<string, unknown>> {
  try {
    return { ...(JSON.parse(text) as object) };
  } catch {
    return {};
  }
}
