// The ledger over a store.

import { hostError } from '#host/base';
import type { Store } from '#host/store';
import { createRetention } from './retention.ts';
import { toMakingRecord, toMakingRow, toRunRecord, toRunRow } from './rows.ts';
import type { Ledger } from './types.ts';

const DEFAULT_KEEP_RUNS = 100_000;
const DEFAULT_LIMIT = 50;

/** What a ledger needs. */
export interface LedgerOptions {
  readonly store: Pick<Store, 'runs' | 'makings'>;
  /** How many runs of each tenant stay; older ones go now and then. Makings are kept. @default 100000 */
  readonly keepRuns?: number;
}

/** A ledger whose rows live in `store`. */
export function createLedger({ store, keepRuns = DEFAULT_KEEP_RUNS }: LedgerOptions): Ledger {
  const afterRun = createRetention(store.runs, keepRuns);
  return {
    async recordRun(record) {
      await store.runs.insert(toRunRow(record));
      afterRun(record.tenant);
    },
    recordMaking: (record) => store.makings.insert(toMakingRow(record)),
    async runs(tenant, { tool, limit = DEFAULT_LIMIT } = {}) {
      const rows = await store.runs.list(tenant, { limit, ...(tool === undefined ? {} : { tool }) });
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
