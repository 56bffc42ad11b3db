// Which lane runs what, and who waits: bounded, fair between tools, warm lanes first.
//
// INVARIANT: at most one unparked run per lane. No tool holds every lane while another waits: then the next free lane, or
// a further one, goes to the other. test/unit/sandbox/dispatcher.test.ts holds both.

import type { RunOutcome } from './contract.ts';
import { sandboxError, type CodedError } from './errors.ts';
import { FairQueue } from './fair-queue.ts';
import { LaneThreads } from './lane-thread.ts';
import type { DescribeTask, FromLane, RunTask } from './lane/messages.ts';
import type { Programs } from './programs.ts';

/** Sizes of the jail. */
export interface DispatcherOptions {
  readonly programs: Programs;
  /** Lanes that are always there. @default number of cores */
  readonly lanes: number;
  /** Lanes there may be while runs are parked, or while one tool holds all others. */
  readonly maxLanes: number;
  /** Runs that may wait. */
  readonly maxQueued: number;
  /** How long a run may wait before it is refused. */
  readonly queueMs: number;
  /** A lane above the minimum ends after this long without work. */
  readonly idleMs: number;
}

/** A run on its way through the dispatcher. */
export interface Job {
  readonly task: RunTask | DescribeTask;
  /** What fairness counts by: tenant and tool. */
  readonly key: string;
  readonly digest: string;
  readonly signal?: AbortSignal;
  /** Hears what the lane says of this run. */
  readonly onMessage?: (message: FromLane, reply: LaneThreads<never, never>['send']) => void;
}

interface Lane {
  readonly threads: LaneThreads<RunTask | DescribeTask, RunOutcome>;
  readonly jobs: Map<string, Job>;
  /** How many of its jobs need the cell now: 0, or 1, or a few whose answers came while another ran. */
  active: number;
  /** Versions its cell has run, youngest last: a guess at what is warm. */
  readonly warm: Set<string>;
  tenant: string;
  idle: NodeJS.Timeout | undefined;
}

interface Queued {
  readonly job: Job;
  readonly admit: (lane: Lane) => void;
}

const MAX_PARKED_PER_LANE = 64;
const MAX_WARM = 12;

/** See the head of this file. */
export class Dispatcher implements AsyncDisposable {
  readonly #options: DispatcherOptions;
  readonly #queue = new FairQueue<Queued>();
  readonly #lanes: Lane[] = [];
  /** Unparked runs by key. */
  readonly #active = new Map<string, number>();
  #stopping = false;
  #killedBefore = 0;

  constructor(options: DispatcherOptions) {
    this.#options = options;
    while (this.#lanes.length < options.lanes) this.#addLane();
  }

  get stats() {
    const held = this.#lanes.reduce((sum, lane) => sum + lane.jobs.size, 0);
    const running = this.#lanes.reduce((sum, lane) => sum + lane.active, 0);
    return {
      lanes: this.#lanes.length,
      running,
      parked: held - running,
      queued: this.#queue.size,
      children: this.#lanes.flatMap((lane) => lane.threads.pids),
      cellsKilled: this.#lanes.reduce((sum, lane) => sum + lane.threads.killed, this.#killedBefore),
    };
  }

  /**
   * Runs a job when its turn comes.
   *
   * @throws HOST_BUSY, HOST_STOPPING, RUN_CANCELLED before it started; CELL_UNAVAILABLE
   */
  async run(job: Job): Promise<RunOutcome> {
    const lane = await this.#admit(job);
    const { runId } = job.task;
    lane.jobs.set(runId, job);
    remember(lane, job);
    const cancel = (): void => lane.threads.send({ type: 'cancel', runId });
    job.signal?.addEventListener('abort', cancel, { once: true });
    // Aborted between admission and here.
    if (job.signal?.aborted === true) cancel();
    try {
      return await lane.threads.run(job.task);
    } catch (cause) {
      throw sandboxError('CELL_UNAVAILABLE', 'the lane of this run went down; call again', undefined, { cause });
    } finally {
      job.signal?.removeEventListener('abort', cancel);
      lane.jobs.delete(runId);
      this.#take(lane, job, -1);
      this.#retireWhenIdle(lane);
      this.#pump();
    }
  }

  /** Waits until nothing runs, or the deadline; new jobs are refused from now on. */
  async drain(deadlineMs: number): Promise<void> {
    this.#stopping = true;
    const deadline = Date.now() + deadlineMs;
    while ((this.stats.running > 0 || this.stats.parked > 0 || this.#queue.size > 0) && Date.now() < deadline) {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#stopping = true;
    await Promise.all(this.#lanes.splice(0).map((lane) => this.#endLane(lane)));
  }

  async #admit(job: Job): Promise<Lane> {
    if (this.#stopping) throw sandboxError('HOST_STOPPING', 'the host is stopping; call another one');
    if (job.signal?.aborted === true) throw cancelled();
    const free = this.#queue.size === 0 ? this.#pick(job) : undefined;
    if (free !== undefined) {
      this.#take(free, job, 1);
      return free;
    }
    if (this.#queue.size >= this.#options.maxQueued) throw this.#busy();
    return this.#enqueue(job);
  }

  #enqueue(job: Job): Promise<Lane> {
    const { promise, resolve, reject } = Promise.withResolvers<Lane>();
    const queued: Queued = {
      job,
      admit: (lane) => {
        clearTimeout(timer);
        job.signal?.removeEventListener('abort', abort);
        resolve(lane);
      },
    };
    const leave = (error: CodedError): void => {
      clearTimeout(timer);
      if (this.#queue.remove(job.key, queued)) reject(error);
    };
    const abort = (): void => leave(cancelled());
    const timer = setTimeout(() => leave(this.#busy()), this.#options.queueMs);
    job.signal?.addEventListener('abort', abort, { once: true });
    this.#queue.push(job.key, queued);
    this.#pump();
    return promise;
  }

  /** Serves whoever can be served. */
  #pump(): void {
    while (this.#freeLanes().length > 0) {
      const queued = this.#queue.take((key) => this.#mayHaveLane(key));
      const lane = queued === undefined ? undefined : this.#pick(queued.job);
      if (queued === undefined || lane === undefined) break;
      this.#take(lane, queued.job, 1);
      queued.admit(lane);
    }
    this.#grow();
  }

  /** With others waiting, a key that holds all lanes but one has had its share. */
  #mayHaveLane(key: string): boolean {
    const held = this.#active.get(key) ?? 0;
    return held === 0 || held < this.#lanes.length - 1 || !this.#queue.hasOther(key);
  }

  /** The best free lane for a job: its version warm, then its tenant's, then the one with the fewest parked runs. */
  #pick(job: Job): Lane | undefined {
    const cost = (lane: Lane): number => {
      if (lane.tenant !== '' && lane.tenant !== job.task.tenant) return 2 * MAX_PARKED_PER_LANE + lane.jobs.size;
      return (lane.warm.has(job.digest) ? 0 : MAX_PARKED_PER_LANE) + lane.jobs.size;
    };
    return this.#freeLanes().toSorted((a, b) => cost(a) - cost(b))[0];
  }

  #freeLanes(): Lane[] {
    return this.#lanes.filter((lane) => lane.active === 0 && lane.jobs.size < MAX_PARKED_PER_LANE);
  }

  /** A further lane while runs are parked, or while one tool holds all lanes and another waits. */
  #grow(): void {
    if (this.#queue.size === 0 || this.#stopping) return;
    const { lanes, maxLanes } = this.#options;
    const parked = this.#lanes.reduce((sum, lane) => sum + lane.jobs.size - lane.active, 0);
    const wanted = lanes + Math.ceil(parked / 4) + (this.#hasMonopoly() ? 1 : 0);
    if (this.#lanes.length >= Math.min(wanted, maxLanes)) return;
    this.#addLane();
    this.#pump();
  }

  #hasMonopoly(): boolean {
    for (const [key, held] of this.#active) {
      if (held >= this.#lanes.length) return this.#queue.hasOther(key);
    }
    return false;
  }

  #addLane(): void {
    const jobs = new Map<string, Job>();
    const threads = new LaneThreads<RunTask | DescribeTask, RunOutcome>({
      worker: 'cell-worker',
      programs: this.#options.programs,
      threads: 1,
      concurrency: 2 * MAX_PARKED_PER_LANE,
      onMessage: (message) => this.#hear(lane, message),
    });
    const lane: Lane = { threads, jobs, active: 0, warm: new Set(), tenant: '', idle: undefined };
    this.#lanes.push(lane);
  }

  #hear(lane: Lane, message: FromLane): void {
    if (message.type === 'children') return;
    const job = lane.jobs.get(message.runId);
    if (job === undefined) return;
    if (message.type === 'parked') {
      this.#take(lane, job, -1);
      this.#pump();
    } else if (message.type === 'resumed') this.#take(lane, job, 1);
    else job.onMessage?.(message, (answer) => lane.threads.send(answer));
  }

  /** Books that a job begins (1) or ceases (-1) to need its lane. */
  #take(lane: Lane, job: Job, change: 1 | -1): void {
    lane.active += change;
    const held = (this.#active.get(job.key) ?? 0) + change;
    if (held > 0) this.#active.set(job.key, held);
    else this.#active.delete(job.key);
  }

  #retireWhenIdle(lane: Lane): void {
    if (lane.jobs.size > 0 || this.#lanes.length <= this.#options.lanes || this.#stopping) return;
    clearTimeout(lane.idle);
    lane.idle = setTimeout(() => {
      if (lane.jobs.size > 0 || lane.active > 0 || this.#lanes.length <= this.#options.lanes) return;
      const at = this.#lanes.indexOf(lane);
      if (at >= 0) this.#lanes.splice(at, 1);
      void this.#endLane(lane);
    }, this.#options.idleMs).unref();
  }

  async #endLane(lane: Lane): Promise<void> {
    clearTimeout(lane.idle);
    this.#killedBefore += lane.threads.killed;
    await lane.threads[Symbol.asyncDispose]();
  }

  #busy(): CodedError {
    const retryAfterMs = 1000;
    const message = `${this.#queue.size} calls are waiting already; try again in ${retryAfterMs} ms`;
    return sandboxError('HOST_BUSY', message, { retryAfterMs, queued: this.#queue.size });
  }
}

function remember(lane: Lane, { digest, task }: Job): void {
  if (lane.tenant !== task.tenant) lane.warm.clear();
  lane.tenant = task.tenant;
  lane.warm.delete(digest);
  lane.warm.add(digest);
  const [oldest] = lane.warm;
  if (lane.warm.size > MAX_WARM && oldest !== undefined) lane.warm.delete(oldest);
}

function cancelled(): CodedError {
  return sandboxError('RUN_CANCELLED', 'the caller cancelled the run before it started');
}
