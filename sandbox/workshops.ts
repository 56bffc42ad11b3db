// The host's end of makings: one workshop lane, a bounded queue before it.

import { CodedError, sandboxError, type Failure } from './errors.ts';
import type { WorkTask } from './lane/messages.ts';
import type { WorkOutcome } from './lane/workshop-lane.ts';
import { LaneThreads } from './lane-thread.ts';
import type { Programs } from './programs.ts';
import type { WorkshopOp, WorkshopOps } from './workshop-messages.ts';

const MAX_WAITING = 64;

/** Sends making steps to a workshop, one at a time. Its thread starts with the first step: a host that only calls has none. */
export class Workshops implements AsyncDisposable {
  readonly #programs: Programs;
  #lane: LaneThreads<WorkTask, WorkOutcome> | undefined;
  #waiting = 0;

  constructor(programs: Programs) {
    this.#programs = programs;
  }

  get pids(): readonly number[] {
    return this.#lane?.pids ?? [];
  }

  get killed(): number {
    return this.#lane?.killed ?? 0;
  }

  /** Does one step. @throws HOST_BUSY, MAKING_TIMEOUT, MAKING_CRASHED, and the codes of the step */
  async work<Op extends WorkshopOp>(op: Op, request: WorkshopOps[Op]['request']): Promise<WorkshopOps[Op]['result']> {
    if (this.#waiting >= MAX_WAITING) {
      const retryAfterMs = 1000;
      const message = `${this.#waiting} making steps are waiting already; try again in ${retryAfterMs} ms`;
      throw sandboxError('HOST_BUSY', message, { retryAfterMs });
    }
    this.#lane ??= new LaneThreads({ worker: 'workshop-worker', programs: this.#programs, threads: 1, concurrency: 1 });
    this.#waiting += 1;
    try {
      const { ok, text } = await this.#lane.run({ op, request: JSON.stringify(request) });
      if (!ok) throw new CodedError(JSON.parse(text) as Failure);
      return JSON.parse(text) as WorkshopOps[Op]['result'];
    } finally {
      this.#waiting -= 1;
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#lane?.[Symbol.asyncDispose]();
  }
}
