// What happened.

/** The book over a store. */
export { createLedger, type LedgerOptions } from './create-ledger.ts';
/** The row of a making, for whoever writes it in a transaction of their own. */
export { toMakingRow } from './rows.ts';
/** What is written down. */
export type { Ledger, MakingRecord, RunRecord } from './types.ts';
