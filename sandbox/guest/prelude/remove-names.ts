// Takes away what a tool has no use for and an attacker has.

import { realm, Reflect } from './primordials.ts';

/** Global names no guest ever sees. `escape` and `unescape` stay: they compute, and old libraries call them. */
export const REMOVED_NAMES = [
  // Memory the heap limit does not count, and threads' shared memory, which makes a clock.
  'WebAssembly',
  'SharedArrayBuffer',
  'Atomics',
  // Code that runs when the collector likes: not replayable, and out of reach of every deadline.
  'WeakRef',
  'FinalizationRegistry',
  // The engine's own console and collector.
  'console',
  'gc',
  // Its `Now` reads the real time in nanoseconds; clock.ts builds another.
  'Temporal',
] as const;

/** Deletes {@link REMOVED_NAMES} from the global object. */
export function removeNames(): void {
  for (const name of REMOVED_NAMES) Reflect.deleteProperty(realm, name);
}
