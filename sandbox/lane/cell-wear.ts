// When a cell has done its share: then another takes over between two runs. So nothing adds up in a process for ever, and
// no run dies of what earlier ones left behind: memory that a native library took for an isolate may outlive it.

import type { ProcessUsage } from './proc.ts';

/** What a cell does before it is replaced: whichever comes first. */
export interface CellShare {
  /** Orders it has executed. */
  readonly turns: number;
  /** CPU time of its process. */
  readonly cpuMs: number;
  /** What it has resident when an order is done. */
  readonly rssBytes: number;
}

// At full load a cell reaches this in some ten seconds of the shortest runs. A spare that starts takes 70 ms of CPU.
const TURNS = 20_000;
const CPU_MS = 300_000;

/** The share of a cell that may have this much resident: half of it must be free when a run begins. */
export function shareOf({ rssBytes }: Pick<ProcessUsage, 'rssBytes'>): CellShare {
  return { turns: TURNS, cpuMs: CPU_MS, rssBytes: rssBytes / 2 };
}

/** What one cell has done. */
export class CellWear {
  readonly #share: CellShare;
  #turns = 0;
  #isDone = false;

  constructor(share: CellShare) {
    this.#share = share;
  }

  get isDone(): boolean {
    return this.#isDone;
  }

  /** The cell has executed an order, and uses this much now; undefined where no one tells. */
  note({ cpuMs, rssBytes }: ProcessUsage = { cpuMs: 0, rssBytes: 0 }): void {
    const share = this.#share;
    this.#turns += 1;
    this.#isDone = this.#turns >= share.turns || cpuMs >= share.cpuMs || rssBytes > share.rssBytes;
  }
}
