// Where a lane's cells come from: one in use, and a warm spare, so that a kill costs the next run nothing.

import type { Profile } from '../contract.ts';
import { sandboxError } from '../errors.ts';
import type { Programs } from '../programs.ts';
import { isSamePlan, standardPlan, type CellPlan } from './cell-plan.ts';
import { spawnChild, untilReady, type JailedChild } from './child.ts';
import { isListening } from './heartbeat.ts';

// An idle process answers within a fraction of a millisecond; on a starved machine, sooner than a new one starts.
const LISTENING_MS = 1000;

/** Starts cells, and keeps a standard one warm of each profile in use. */
export class CellSupply {
  readonly #programs: Programs;
  readonly #onChange: () => void;
  readonly #live = new Set<JailedChild>();
  readonly #spares = new Map<Profile, Promise<JailedChild>>();
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
  async take(plan: CellPlan): Promise<JailedChild> {
    const isStandard = isSamePlan(plan, standardPlan(plan.profile));
    const spare = isStandard ? await this.#takeSpare(plan.profile) : undefined;
    // Once more: somebody may have ended it while it started.
    return spare ?? this.#start(plan).catch(() => this.#start(plan));
  }

  /** Has a spare started if there is none of this profile. */
  stock(profile: Profile): void {
    if (this.#spares.has(profile) || this.#closed) return;
    const spare = this.#start(standardPlan(profile));
    this.#spares.set(profile, spare);
    spare.catch(() => {
      if (this.#spares.get(profile) === spare) this.#spares.delete(profile);
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

  /** Undefined when there is none, when it did not start, or when it died or stopped listening while it waited. */
  async #takeSpare(profile: Profile): Promise<JailedChild | undefined> {
    const spare = this.#spares.get(profile);
    this.#spares.delete(profile);
    const cell = await spare?.catch(() => undefined);
    if (cell === undefined || (await isListening(cell, LISTENING_MS))) return cell;
    this.kill(cell);
    return undefined;
  }

  async #start(plan: CellPlan): Promise<JailedChild> {
    if (this.#closed) throw sandboxError('CELL_UNAVAILABLE', 'the lane has closed');
    const cell = spawnChild({ kind: 'cell', ...plan, programs: this.#programs });
    this.#live.add(cell);
    this.#onChange();
    void cell.exited.then(() => {
      this.#live.delete(cell);
      this.#onChange();
    });
    await untilReady(cell);
    // In bubblewrap it is another process by now.
    this.#onChange();
    return cell;
  }
}
