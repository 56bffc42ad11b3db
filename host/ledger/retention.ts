// Keeps the book bounded: the oldest runs go, then their links, in batches small enough that nobody waits for one.

import { setImmediate as nextTurn } from 'node:timers/promises';

import { firstIdAt, type Clock, type TenantId } from '#host/base';
import type { RunRepository, Store } from '#host/store';
import { dropLinks } from './drop-links.ts';
import { RUNS_PRUNED } from './gaps.ts';
import { insertSignedEvent } from './signed-event.ts';

// Walking over 100,000 index entries costs as much as recording hundreds of runs: not every time.
const RUNS_BETWEEN_PRUNINGS = 1000;
// Both are about a millisecond of the event loop.
const STEPS_PER_TURN = 4000;
const DELETIONS_PER_TURN = 50;

/** What is kept of what. */
export interface RetentionOptions {
  readonly store: Pick<Store, 'runs' | 'ledger' | 'keys' | 'events' | 'transaction'>;
  /** Of each tenant. */
  readonly keepRuns: number;
  readonly clock: Clock;
}

/** A function to call after each recorded run; prunes a tenant's runs beyond the newest `keepRuns` now and then. */
export function createRetention(options: RetentionOptions): (tenant: TenantId) => void {
  const recorded = new Map<TenantId, number>();
  const prunedUpTo = new Map<string, string>();
  return (tenant) => {
    const count = recorded.get(tenant) ?? 0;
    recorded.set(tenant, count + 1);
    // The first one too: a command that records one run and ends would otherwise never prune.
    if (count % RUNS_BETWEEN_PRUNINGS === 0) void prune(options, tenant, prunedUpTo);
  };
}

async function prune(
  { store, keepRuns, clock }: RetentionOptions,
  tenant: TenantId,
  prunedUpTo: Map<string, string>,
): Promise<void> {
  const { runs } = store;
  try {
    const newestBehind = await findNewestToGo(runs, tenant, keepRuns);
    if (newestBehind === undefined) return;
    // SECURITY: what is signed excuses no run yet to come, whatever rows somebody else has put in;
    // test/unit/host/ledger/retention.test.ts holds it.
    const firstToCome = firstIdAt('run', clock.now());
    const newestToGo = newestBehind < firstToCome ? newestBehind : firstToCome;
    // First: a run that is missing when somebody verifies is excused by then.
    await insertSignedEvent(store, clock, { tenant, kind: RUNS_PRUNED, data: { upTo: newestToGo } });
    while ((await runs.deleteUpTo(tenant, newestToGo, DELETIONS_PER_TURN)) === DELETIONS_PER_TURN) await nextTurn();
    prunedUpTo.set(tenant, newestToGo);
    await dropLinks(store, clock, prunedUpTo);
  } catch {
    // The store is busy, full or closing. Nobody waits for this, and the next pruning takes what this one left.
  }
}

async function findNewestToGo(runs: RunRepository, tenant: TenantId, keepRuns: number): Promise<string | undefined> {
  let reached: string | undefined;
  for (let left = keepRuns + 1; left > 0; left -= STEPS_PER_TURN) {
    reached = await runs.findOlder(tenant, reached, Math.min(left, STEPS_PER_TURN));
    if (reached === undefined) return undefined;
    await nextTurn();
  }
  return reached;
}
