// Where a lane's cells come from: one in use, one warm spare, so that a kill costs the next run nothing.

import { sandboxError } from '../errors.ts';
import type { Programs } from '../programs.ts';
import { dataBytesFor } from './cell-size.ts';
import { spawnChild, untilReady, type JailedChild } from './child.ts';

const STANDARD_DATA_BYTES = dataBytesFor(0);

/** Starts cells and keeps one standard cell warm. */
export class CellSupply {
  readonly #programs: Programs;
  readonly #onChange: () => void;
  readonly #live = new Set<JailedChild>();
  #spare: Promise<JailedChild> | undefined;
  #killed = 0;
  #closed = false;

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
    const spare = dataBytes === STANDARD_DATA_BYTES ? await this.#takeSpare() : undefined;
    return spare ?? this.#start(dataBytes);
  }

  /** Has a spare started if there is none. */
  stock(): void {
    if (this.#spare !== undefined || this.#closed) return;
    const spare = this.#start(STANDARD_DATA_BYTES);
    this.#spare = spare;
    spare.catch(() => {
      if (this.#spare === spare) this.#spare = undefined;
    });
  }

  kill(cell: JailedChild): void {
    if (cell.isDead) return;
    this.#killed += 1;
    cell.kill();
  }

  /** Ends all cells, for good. */
  close(): void {
    this.#closed = true;
    for (const cell of this.#live) cell.kill();
    // There may be none left whose end tells.
    this.#onChange();
  }

  /** Undefined when there is none, when it did not start, or when it died while it waited. */
  async #takeSpare(): Promise<JailedChild | undefined> {
    const spare = this.#spare;
    this.#spare = undefined;
    const cell = await spare?.catch(() => undefined);
    return cell?.isDead === true ? undefined : cell;
  }

  async #start(dataBytes: number): Promise<JailedChild> {
    if (this.#closed) throw sandboxError('CELL_UNAVAILABLE', 'the lane has closed');
    const cell = spawnChild({ kind: 'cell', dataBytes, programs: this.#programs });
    this.#live.add(cell);
    this.#onChange();
    void cell.exited.then(() => {
      this.#live.delete(cell);
      this.#onChange();
    });
    await untilReady(cell);
    return cell;
  }
}
