// Ids that sort by time of creation, so that rows written together lie together.

import { randomBytes } from 'node:crypto';

type Prefix = 'run' | 'runs' | 'mak' | 'req' | 'evt';

/** A new id: `prefix_` + 12 hex digits of epoch milliseconds + 16 random hex digits. */
export function createId(prefix: Prefix, now: number): string {
  return `${timeOf(prefix, now)}${randomBytes(8).toString('hex')}`;
}

/** The least of the ids that {@link createId} can give from `then` on. */
export function firstIdAt(prefix: Prefix, then: number): string {
  return `${timeOf(prefix, then)}${'0'.repeat(16)}`;
}

function timeOf(prefix: Prefix, then: number): string {
  return `${prefix}_${then.toString(16).padStart(12, '0')}`;
}
