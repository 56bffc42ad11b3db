// Runs that wait for their client, as rows that one caller can take.
//
// Their number is bounded by principal: beyond 1,000 the oldest go, so that a client that keeps asking and never answers
// loses its own questions and nobody else's.

import { randomBytes } from 'node:crypto';

import type { ClientFeatures, JournalEntry } from '#sandbox';
import { hostError, type Clock, type Principal, type TenantId } from '#host/base';
import type { Store, SuspensionRow } from '#host/store';
import type { OpenCall } from './open-calls.ts';
import { expired, readState, signState, type StateBinding } from './request-state.ts';

/** A run that waits for its client. */
export interface Suspension {
  readonly tenant: TenantId;
  readonly runId: string;
  readonly principal: string;
  readonly subject: string;
  readonly version: number;
  readonly digest: string;
  readonly inputDigest: string;
  readonly seed: string;
  readonly clockMs: number;
  readonly client: ClientFeatures;
  readonly journal: readonly JournalEntry[];
  readonly open: readonly OpenCall[];
  readonly expiresAt: number;
}

/** The suspended runs of a store. */
export interface Suspensions {
  /** Keeps a run for an hour; the state its client needs to continue it. @throws REQUEST_TOO_LARGE, STORE_… */
  keep(suspension: Omit<Suspension, 'expiresAt'>, binding: StateBinding): Promise<string>;
  /** Hands a run to the first who brings its state. @throws REQUEST_STATE_INVALID, REQUEST_STATE_EXPIRED, STORE_… */
  take(state: string, binding: StateBinding): Promise<Suspension>;
  /** Puts back what was taken and could not be continued: the same state is good again. @throws STORE_… */
  putBack(suspension: Suspension): Promise<void>;
}

const TTL_MS = 60 * 60 * 1000;
const MAX_PER_PRINCIPAL = 1000;
const KEPT_BETWEEN_PRUNINGS = 20;
const PRUNED_AT_ONCE = 100;
const MAX_JOURNAL_CHARACTERS = 8 * 1024 * 1024;

/** The suspended runs of a store. */
export function createSuspensions(store: Pick<Store, 'suspensions' | 'keys'>, clock: Clock): Suspensions {
  const { suspensions } = store;
  let kept = 0;
  let known: Promise<Uint8Array> | undefined;

  /** One key for all hosts of the store, so that any of them can continue what another began. */
  function key(): Promise<Uint8Array> {
    known ??= store.keys.getOrAdd('request-state', randomBytes(32)).catch((error: unknown) => {
      known = undefined;
      throw error;
    });
    return known;
  }

  async function prune({ id, tenant }: Principal): Promise<void> {
    kept += 1;
    const isDue = kept % KEPT_BETWEEN_PRUNINGS === 1;
    try {
      // Each time: nobody else's questions may make a principal's turn be passed over.
      await suspensions.trim(tenant, id, MAX_PER_PRINCIPAL, PRUNED_AT_ONCE);
      if (isDue) await suspensions.prune(clock.now(), PRUNED_AT_ONCE);
    } catch {
      // The store is busy or closing. The next pruning takes what this one left.
    }
  }

  return {
    async keep(given, binding) {
      const suspension = { ...given, expiresAt: clock.now() + TTL_MS };
      const signed = signState(suspension, binding, await key());
      await suspensions.insert(toRow(suspension));
      void prune(binding.principal);
      return signed;
    },
    async take(state, binding) {
      const { runId } = readState(state, binding, await key(), clock.now());
      const row = await suspensions.take(binding.principal.tenant, runId);
      if (row === undefined) throw expired();
      return fromRow(row);
    },
    putBack: (suspension) => suspensions.insert(toRow(suspension)),
  };
}

function toRow(suspension: Suspension): SuspensionRow {
  return {
    tenant: suspension.tenant,
    run_id: suspension.runId,
    principal: suspension.principal,
    subject: suspension.subject,
    version: suspension.version,
    digest: suspension.digest,
    input_digest: suspension.inputDigest,
    seed: suspension.seed,
    clock_ms: suspension.clockMs,
    client: JSON.stringify(suspension.client),
    journal: journalText(suspension.journal),
    waiting: JSON.stringify(suspension.open),
    expires_at: suspension.expiresAt,
  };
}

function fromRow(row: SuspensionRow): Suspension {
  return {
    tenant: row.tenant as TenantId,
    runId: row.run_id,
    principal: row.principal,
    subject: row.subject,
    version: row.version,
    digest: row.digest,
    inputDigest: row.input_digest,
    seed: row.seed,
    clockMs: row.clock_ms,
    client: JSON.parse(row.client) as ClientFeatures,
    journal: JSON.parse(row.journal) as JournalEntry[],
    open: JSON.parse(row.waiting) as OpenCall[],
    expiresAt: row.expires_at,
  };
}

/** A journal as the text of a row. @throws REQUEST_TOO_LARGE */
export function journalText(journal: readonly JournalEntry[]): string {
  const text = JSON.stringify(journal);
  if (text.length <= MAX_JOURNAL_CHARACTERS) return text;
  const message = `the answers so far have ${text.length} characters, over the ${MAX_JOURNAL_CHARACTERS} that are kept`;
  throw hostError('REQUEST_TOO_LARGE', `${message}; answer with less`, { limit: MAX_JOURNAL_CHARACTERS });
}
