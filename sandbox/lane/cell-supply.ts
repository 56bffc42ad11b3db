// Where a lane's cells come from: one in use, one warm spare, so that a kill costs the next run nothing.

import type { Programs } from '../programs.ts';
import { startChild, type JailedChild } from './child.ts';

const MIB = 1024 * 1024;
// Measured: with --jitless this bounds every known memory attack, and leaves room for the isolates of ordinary tools.
const STANDARD_DATA_BYTES = 512 * MIB;
const STANDARD_HEAP_BYTES = 128 * MIB;
// What Node, the idle isolates and a copy of the largest values need beside a large heap.
const OVERHEAD_DATA_BYTES = 384 * MIB;

/** RLIMIT_DATA for a cell in which runs have this heap limit. Also tells which runs may share a cell. */
export function dataBytesFor(heapBytes: number): number {
  if (heapBytes <= STANDARD_HEAP_BYTES) return STANDARD_DATA_BYTES;
  return Math.ceil((heapBytes * 1.5) / MIB) * MIB + OVERHEAD_DATA_BYTES;
}

/** Starts cells and keeps one standard cell warm. */
export class CellSupply {
  readonly #programs: Programs;
  readonly #onChange: () => void;
  readonly #live = new Set<JailedChild>();
  #spare: Promise<JailedChild> | undefined;
  #killed = 0;

  constructor(programs: Programs, onChange: () => void) {
    this.#programs = programs;
    this.#onChange = onChange;
  }

  get pids(): number[] {
    return [...this.#live].map((child) => child.pid);
  }

  get killed(): number {
    return this.#killed;
  }

  /** A cell no tenant has used: the spare if it fits. @throws CELL_UNAVAILABLE */
  async take(dataBytes: number): Promise<JailedChild> {
    const spare = dataBytes === STANDARD_DATA_BYTES ? this.#spare : undefined;
    if (spare !== undefined) this.#spare = undefined;
    const cell = await (spare ?? this.#start(dataBytes));
    // The spare may have died while it waited.
    return cell.isDead ? this.#start(dataBytes) : cell;
  }

  /** Has a spare started if there is none. */
  stock(): void {
    this.#spare ??= this.#start(STANDARD_DATA_BYTES);
    this.#spare.catch(() => {
      this.#spare = undefined;
    });
  }

  kill(cell: JailedChild): void {
    this.#killed += 1;
    cell.kill();
  }

  async #start(dataBytes: number): Promise<JailedChild> {
    const cell = await startChild({ kind: 'cell', dataBytes, programs: this.#programs });
    this.#live.add(cell);
    this.#onChange();
    void cell.exited.then(() => {
      this.#live.delete(cell);
      this.#onChange();
    });
    return cell;
  }
}
