// A new row of the events: whoever changes something beside makings and runs writes one in the same transaction.

import { createId } from '#host/base';
import type { EventKind, LedgerEventRow } from './tables.ts';

/** In place of a tenant: what concerns all of them. */
export const WHOLE_STORE = '*';

/** What happened, to what. */
export interface NewEvent {
  /** A tenant, or {@link WHOLE_STORE}. */
  readonly tenant: string;
  readonly kind: EventKind;
  /** Epoch milliseconds. */
  readonly at: number;
  /** Plain JSON; never a secret. */
  readonly data: Readonly<Record<string, unknown>>;
}

/** The row of an event, with an id of its own. */
export function createEventRow({ tenant, kind, at, data }: NewEvent): LedgerEventRow {
  return { tenant, event_id: createId('evt', at), kind, at, data: JSON.stringify(data) };
}
