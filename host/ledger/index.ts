// What happened.

/** The book over a store. */
export { createLedger, type LedgerOptions } from './create-ledger.ts';
/** The row of a making, for whoever writes it in a transaction of their own. */
export { toMakingRow } from './rows.ts';
/** Signatures over what was written, in time. */
export { keepCheckpoints, type CheckpointOptions } from './keep-checkpoints.ts';
export { makeCheckpoint, type CheckpointMaking } from './make-checkpoint.ts';
export { rotateKey } from './rotate-key.ts';
export { parseCheckpoint, type Checkpoint } from './checkpoint.ts';
/** Whether it still is what was written, and all of it to take away. */
export { verifyLedger, type LedgerState } from './verify-ledger.ts';
export { exportLedger } from './export-ledger.ts';
/** Rollbacks, removals, quarantines, keys, settings. */
export { listEvents, type EventRecord, type EventsQuery } from './list-events.ts';
export type { Policy } from './record-policy.ts';
/** What is written down. */
export { RECORD_FORMAT, type Ledger, type MakingRecord, type RunRecord, type RunsQuery } from './types.ts';
