// Ids that sort by time of creation, so that rows written together lie together.

import { randomBytes } from 'node:crypto';

/** A new id: `prefix_` + 12 hex digits of epoch milliseconds + 16 random hex digits. */
export function createId(prefix: 'run' | 'mak' | 'req', now: number): string {
  return `${prefix}_${now.toString(16).padStart(12, '0')}${randomBytes(8).toString('hex')}`;
}
