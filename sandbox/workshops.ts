// The host's end of makings: one workshop lane, a bounded queue before it.

import { CodedError, sandboxError } from './errors.ts';
import type { WorkTask } from './lane/messages.ts';
import { LaneThread } from './lane-thread.ts';
import type { Programs } from './programs.ts';
import type { WorkOutcome, WorkshopOp, WorkshopOps } from './workshop-messages.ts';

const MAX_WAITING = 64;

/** Sends making steps to a workshop, one at a time. Its thread starts with the first step, or with `warm`. */
export class Workshops implements AsyncDisposable {
  readonly #programs: Programs;
  #lane: LaneThread<WorkTask, WorkOutcome> | undefined;
  #waiting = 0;
  #stopping = false;

  constructor(programs: Programs) {
    this.#programs = programs;
  }

  get pids(): readonly number[] {
    return this.#lane?.pids ?? [];
  }

  get killed(): number {
    return this.#lane?.killed ?? 0;
  }

  /** Has the workshop start: it takes most of a second, and then each making some tens of milliseconds. */
  warm(): void {
    this.#openLane();
  }

  /** Does one step. @throws HOST_BUSY, MAKING_TIMEOUT, MAKING_CRASHED, CELL_UNAVAILABLE, and the codes of the step */
  async work<Op extends WorkshopOp>(op: Op, request: WorkshopOps[Op]['request']): Promise<WorkshopOps[Op]['result']> {
    if (this.#waiting >= MAX_WAITING) {
      const retryAfterMs = 1000;
      const message = `${this.#waiting} making steps are waiting already; try again in ${retryAfterMs} ms`;
      throw sandboxError('HOST_BUSY', message, { retryAfterMs });
    }
    this.#waiting += 1;
    try {
      const outcome = await this.#openLane()
        .run({ op, request: JSON.stringify(request) })
        .catch((cause: unknown) => this.#lost(cause));
      if (!outcome.ok) throw new CodedError(outcome.failure);
      return outcome.result;
    } finally {
      this.#waiting -= 1;
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#stopping = true;
    await this.#lane?.[Symbol.asyncDispose]();
  }

  #openLane(): LaneThread<WorkTask, WorkOutcome> {
    this.#lane ??= new LaneThread({ worker: 'workshop-worker', programs: this.#programs, concurrency: 1 });
    return this.#lane;
  }

  #lost(cause: unknown): never {
    if (this.#stopping) throw sandboxError('HOST_STOPPING', 'the host stopped before the step ended');
    throw sandboxError('CELL_UNAVAILABLE', 'the lane of this step went down; try again', undefined, { cause });
  }
}
