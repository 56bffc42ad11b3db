// How much, and how.

/** Convictions and quarantine over a store. */
export { createQuarantine, type QuarantineOptions } from './create-quarantine.ts';
/** Whose tools may be compiled to machine code. */
export { chooseProfile, type ProfilePolicy } from './choose-profile.ts';
/** What a quarantine is asked. */
export type { Quarantine } from './types.ts';
