// What happened.

/** The book over a store. */
export { createLedger, type LedgerOptions } from './create-ledger.ts';
/** The row of a making, for whoever writes it in a transaction of their own. */
export { toMakingRow } from './rows.ts';
/** Signatures over what was written, in time. */
export { keepCheckpoints, type CheckpointOptions } from './keep-checkpoints.ts';
export { makeCheckpoint } from './make-checkpoint.ts';
export { parseCheckpoint, type Checkpoint } from './checkpoint.ts';
/** Whether it still is what was written, and all of it to take away. */
export { verifyLedger, type LedgerState } from './verify-ledger.ts';
export { exportLedger } from './export-ledger.ts';
/** What is written down. */
export { RECORD_FORMAT, type Ledger, type MakingRecord, type RunRecord, type RunsQuery } from './types.ts';
