// The ledger over a store.

import { firstIdAt, hostError, systemClock, type Clock, type LedgerBytes } from '#host/base';
import type { RunQuery, Store } from '#host/store';
import { createPolicyNote, type Policy } from './record-policy.ts';
import { reduceMaking, reduceRun } from './reduce-record.ts';
import { createRetention } from './retention.ts';
import { toMakingRecord, toMakingRow, toRunRecord, toRunRow } from './rows.ts';
import type { Ledger, RunsQuery } from './types.ts';

const DEFAULT_KEEP_RUNS = 100_000;
const DEFAULT_LIMIT = 50;

/** What a ledger needs. */
export interface LedgerOptions {
  readonly store: Pick<Store, 'runs' | 'makings' | 'events' | 'ledger' | 'keys' | 'transaction'>;
  /** How many runs of each tenant stay; older ones go now and then. Makings are kept. @default 100000 */
  readonly keepRuns?: number;
  /** What is kept of what runs hold. @default "full" */
  readonly bytes?: LedgerBytes;
  /** What is to be on record before the first of this process's runs. @default nothing */
  readonly policy?: Policy;
  /** For what the ledger says of itself. @default the machine's */
  readonly clock?: Clock;
}

/** A ledger whose rows live in `store`. */
export function createLedger({
  store,
  keepRuns = DEFAULT_KEEP_RUNS,
  bytes = 'full',
  policy,
  clock = systemClock,
}: LedgerOptions): Ledger {
  const afterRun = createRetention({ store, keepRuns, clock });
  const notePolicy = policy === undefined ? undefined : createPolicyNote(store, clock, policy);
  return {
    async recordRun(record) {
      await notePolicy?.();
      await store.runs.insert(toRunRow(reduceRun(record, bytes)));
      afterRun(record.tenant);
    },
    recordMaking: (record) => store.makings.insert(toMakingRow(reduceMaking(record, bytes))),
    async runs(tenant, query = {}) {
      const rows = await store.runs.list(tenant, toRunQuery(query));
      return rows.map(toRunRecord);
    },
    async getRun(tenant, runId) {
      const row = await store.runs.find(tenant, runId);
      if (row === undefined)
        throw hostError('RUN_NOT_FOUND', `there is no run "${runId}"; list them with glovebox runs`, { runId });
      return toRunRecord(row);
    },
    async makings(tenant, { limit = DEFAULT_LIMIT } = {}) {
      const rows = await store.makings.list(tenant, limit);
      return rows.map(toMakingRecord);
    },
  };
}

/** Ids sort by time: a span of time is a span of ids, which has an index. */
function toRunQuery({ since, until, olderThan, limit = DEFAULT_LIMIT, ...equal }: RunsQuery): RunQuery {
  const ends = [
    ...(olderThan === undefined ? [] : [olderThan]),
    ...(until === undefined ? [] : [firstIdAt('run', until)]),
  ];
  const [before] = ends.toSorted();
  return {
    ...equal,
    ...(since === undefined ? {} : { from: firstIdAt('run', since) }),
    ...(before === undefined ? {} : { before }),
    limit,
  };
}
