// How much.

/** Convictions and quarantine over a store. */
export { createQuarantine, type QuarantineOptions } from './create-quarantine.ts';
/** What a quarantine is asked. */
export type { Quarantine } from './types.ts';
