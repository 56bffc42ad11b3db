// Watches the processes of a host that is attacked: none is left over, and none keeps what an attack took.

import { setTimeout as delay } from 'node:timers/promises';
import type { Sandbox } from '#sandbox';
import { hostError, systemClock } from '#host/base';
import { ancestorsOf, descendantsOf, residentBytesOf, runningAfter } from './processes.ts';

/** What each cell holds, by its process id, in bytes. */
export type Sizes = ReadonlyMap<number, number>;

/** A watch under way. */
export interface ProcessWatch {
  /** What the cells hold now; nothing where there is no /proc. */
  sizes(): Sizes;
  /**
   * Resolves as soon as each of these cells is gone, or holds no more than a fifth more than it did; or when doing `again`
   * what was done since takes nothing more: then isolates were disposed, whose pages the process keeps for the next ones.
   *
   * @throws ATTEST_FAILED when that is not so within half a second, and each of three more times takes a fifth more
   */
  assertReleased(before: Sizes, again: () => Promise<unknown>): Promise<void>;
  /** @throws ATTEST_FAILED unless every process that was ever started is gone, or one the jail answers for */
  assertNoOrphan(): Promise<void>;
  /** Ends the host. @throws ATTEST_FAILED unless every process that was ever started is gone, then */
  endHost(end: () => Promise<void>): Promise<void>;
}

/** How long a process may take to be gone, or to be known. */
const PATIENCE_MS = 5000;
/** How long a cell may take to give back what an attack took; how often it is done again. */
const SETTLE_MS = 500;
const MOST_REPEATS = 3;
const POLL_MS = 10;
/** A cell that goes on may hold this much more than before. */
const MOST_GROWTH = 1.2;
/** What a cell holds that has run one tool: one that is starting, or has run none, will. */
const USED_BYTES = 56 * 1024 * 1024;

/** Begins to watch. */
export function watchProcesses(sandbox: Pick<Sandbox, 'stats'>): ProcessWatch {
  const seen = new Set<number>();
  const strays = (): readonly number[] => {
    const { children } = sandbox.stats();
    for (const pid of [...children, ...descendantsOf(process.pid)]) seen.add(pid);
    // What holds a child, as bubblewrap does, is the jail's as well.
    const known = new Set(children.flatMap((pid) => [pid, ...ancestorsOf(pid)]));
    return [...seen].filter((pid) => !known.has(pid));
  };
  const sizes = (): Sizes => new Map(sandbox.stats().cells.map((pid) => [pid, residentBytesOf(pid)]));
  return {
    sizes,
    async assertReleased(before, again) {
      let grown = await untilNone(SETTLE_MS, () => grownSince(before));
      for (let times = 0; grown.length > 0 && times < MOST_REPEATS; times += 1) {
        const meanwhile = sizes();
        await again();
        grown = await untilNone(SETTLE_MS, () => grownSince(meanwhile));
      }
      if (grown.length > 0) throw failed(`a cell holds more each time: ${grown.join(', ')} MB`);
    },
    async assertNoOrphan() {
      const left = await untilNone(PATIENCE_MS, () => runningAfter(strays(), 0));
      if (left.length > 0) throw failed(`nobody answers for the processes ${left.join(', ')}`);
    },
    async endHost(end) {
      strays();
      await end();
      const left = await runningAfter([...seen], PATIENCE_MS);
      if (left.length > 0) throw failed(`the processes ${left.join(', ')} outlive their host`);
    },
  };
}

/** Looks again and again until there is none, or the time is over; what there is then. */
async function untilNone<T>(withinMs: number, look: () => readonly T[] | Promise<readonly T[]>): Promise<readonly T[]> {
  const deadline = systemClock.elapsed() + withinMs;
  let found = await look();
  while (found.length > 0 && systemClock.elapsed() < deadline) {
    await delay(POLL_MS);
    found = await look();
  }
  return found;
}

/** What the cells hold that hold more, in megabytes. */
function grownSince(before: Sizes): readonly number[] {
  return [...before]
    .map(([pid, bytes]) => ({ now: residentBytesOf(pid), most: Math.max(bytes, USED_BYTES) * MOST_GROWTH }))
    .filter(({ now, most }) => now > most)
    .map(({ now }) => Math.round(now / 1e6));
}

function failed(message: string): Error {
  return hostError('ATTEST_FAILED', message);
}
