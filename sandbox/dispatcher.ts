// Which lane runs what, and who waits: bounded, fair between tools, warm lanes first.
//
// INVARIANT: a lane gets a run only while none of its runs needs the cell. No tool holds every lane while another waits:
// then the next free lane, or a further one, goes to the other. test/integration/jail/fairness.test.ts holds both.

import type { RunOutcome } from './contract.ts';
import { sandboxError, type CodedError } from './errors.ts';
import { FairQueue } from './fair-queue.ts';
import { costOf, hasRoom, isSlow, remember, SLOW_MS, type Held, type Job, type Lane } from './lane-book.ts';
import { MAX_HELD } from './lane/cell-plan.ts';
import type { DescribeTask, RunNotice, RunTask } from './lane/messages.ts';
import { LaneThread } from './lane-thread.ts';
import type { Programs } from './programs.ts';

/** Sizes of the jail. */
export interface DispatcherOptions {
  readonly programs: Programs;
  /** Lanes that are always there. @default number of cores */
  readonly lanes: number;
  /** Lanes there may be while runs are parked, while slow ones hold lanes, or while one tool holds all others. */
  readonly maxLanes: number;
  /** Runs that may wait. */
  readonly maxQueued: number;
  /** How long a run may wait before it is refused. */
  readonly queueMs: number;
  /** A lane above the minimum ends after this long without work. */
  readonly idleMs: number;
}

interface Queued {
  readonly job: Job;
  readonly admit: (lane: Lane) => void;
  readonly refuse: (error: CodedError) => void;
}

/** See the head of this file. */
export class Dispatcher implements AsyncDisposable {
  readonly #options: DispatcherOptions;
  readonly #queue = new FairQueue<Queued>();
  readonly #lanes: Lane[] = [];
  /** Jobs that need a cell, by key. */
  readonly #active = new Map<string, number>();
  #stopping = false;
  #killedBefore = 0;

  constructor(options: DispatcherOptions) {
    this.#options = options;
    while (this.#lanes.length < options.lanes) this.#addLane(true);
  }

  get stats() {
    const held = this.#lanes.reduce((sum, lane) => sum + lane.held.size, 0);
    const running = this.#lanes.reduce((sum, lane) => sum + lane.active, 0);
    return {
      lanes: this.#lanes.length,
      running,
      parked: held - running,
      queued: this.#queue.size,
      children: this.#lanes.flatMap((lane) => lane.thread.pids),
      cellsKilled: this.#lanes.reduce((sum, lane) => sum + lane.thread.killed, this.#killedBefore),
    };
  }

  /**
   * Runs a job when its turn comes.
   *
   * @throws HOST_BUSY, HOST_STOPPING, RUN_CANCELLED before it started; CELL_UNAVAILABLE
   */
  async run(job: Job): Promise<RunOutcome> {
    if (this.#stopping) throw stopping();
    if (job.signal?.aborted === true) throw cancelled();
    const lane = this.#admitNow(job) ?? (await this.#enqueue(job));
    const { runId } = job.task;
    const cancel = (): void => lane.thread.send({ type: 'cancel', runId });
    job.signal?.addEventListener('abort', cancel, { once: true });
    try {
      return await lane.thread.run(job.task);
    } catch (cause) {
      if (this.#stopping) throw stopping();
      throw sandboxError('CELL_UNAVAILABLE', 'the lane of this run went down; call again', undefined, { cause });
    } finally {
      job.signal?.removeEventListener('abort', cancel);
      this.#release(lane, runId);
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
    for (const queued of this.#queue.drain()) queued.refuse(stopping());
    await Promise.all(this.#lanes.splice(0).map((lane) => this.#endLane(lane)));
  }

  #admitNow(job: Job): Lane | undefined {
    const lane = this.#queue.size === 0 ? this.#pick(job) : undefined;
    if (lane !== undefined) this.#hold(lane, job);
    return lane;
  }

  async #enqueue(job: Job): Promise<Lane> {
    if (this.#queue.size >= this.#options.maxQueued) throw this.#busy();
    const { promise, resolve, reject } = Promise.withResolvers<Lane>();
    const queued: Queued = { job, admit: resolve, refuse: reject };
    const leave = (error: CodedError): void => {
      if (this.#queue.remove(job.key, queued)) reject(error);
    };
    const abort = (): void => leave(cancelled());
    const timer = setTimeout(() => leave(this.#busy()), this.#options.queueMs);
    const slow = setTimeout(() => this.#grow(), SLOW_MS);
    job.signal?.addEventListener('abort', abort, { once: true });
    this.#queue.push(job.key, queued);
    this.#pump();
    try {
      return await promise;
    } finally {
      clearTimeout(timer);
      clearTimeout(slow);
      job.signal?.removeEventListener('abort', abort);
    }
  }

  /** Serves whoever can be served. */
  #pump(): void {
    for (;;) {
      const queued = this.#queue.take((key, { job }) => this.#mayHaveLane(key) && this.#pick(job) !== undefined);
      const lane = queued === undefined ? undefined : this.#pick(queued.job);
      if (queued === undefined || lane === undefined) break;
      this.#hold(lane, queued.job);
      queued.admit(lane);
    }
    this.#grow();
  }

  /** With others waiting, a key that holds all lanes but one has had its share. */
  #mayHaveLane(key: string): boolean {
    const held = this.#active.get(key) ?? 0;
    return held === 0 || held < this.#lanes.length - 1 || !this.#queue.hasOther(key);
  }

  /** The best free lane for a job: its version warm, then its cell of use, then the one with the fewest parked runs. */
  #pick(job: Job): Lane | undefined {
    return this.#lanes.filter((lane) => hasRoom(lane, job)).toSorted((a, b) => costOf(a, job) - costOf(b, job))[0];
  }

  /** A further lane while runs are parked, while slow runs hold lanes, or while one tool holds all and another waits. */
  #grow(): void {
    if (this.#queue.size === 0 || this.#stopping) return;
    const { lanes, maxLanes } = this.#options;
    const parked = this.#lanes.reduce((sum, lane) => sum + lane.held.size - lane.active, 0);
    const now = performance.now();
    const slow = this.#lanes.filter((lane) => isSlow(lane, now)).length;
    const wanted = lanes + Math.ceil(parked / 4) + Math.max(slow, this.#hasMonopoly() ? 1 : 0);
    if (this.#lanes.length >= Math.min(wanted, maxLanes)) return;
    // Nobody waits for it to start: until then another one may be free.
    this.#retireWhenIdle(this.#addLane(false));
  }

  #hasMonopoly(): boolean {
    for (const [key, held] of this.#active) {
      if (held >= this.#lanes.length) return this.#queue.hasOther(key);
    }
    return false;
  }

  #addLane(isReady: boolean): Lane {
    const thread = new LaneThread<RunTask | DescribeTask, RunOutcome>({
      worker: 'cell-worker',
      programs: this.#options.programs,
      concurrency: 2 * MAX_HELD.strict,
      onNotice: (notice) => this.#hear(lane, notice),
      isReady,
      onReady: () => {
        // In a new cell nothing is.
        lane.warm.clear();
        this.#pump();
      },
    });
    const lane: Lane = { thread, held: new Map(), active: 0, warm: new Set(), cell: undefined, idle: undefined };
    this.#lanes.push(lane);
    return lane;
  }

  #hear(lane: Lane, notice: RunNotice): void {
    const held = lane.held.get(notice.runId);
    // It has ended in the meantime.
    if (held === undefined) return;
    const { job } = held;
    switch (notice.type) {
      case 'accepted':
        // What was cancelled on the way there was not known to the lane yet.
        if (job.signal?.aborted === true) lane.thread.send({ type: 'cancel', runId: notice.runId });
        return;
      case 'parked':
        held.parkedBytes = notice.heapUsedBytes;
        this.#book(lane, held, false);
        return this.#pump();
      case 'resumed':
        return this.#book(lane, held, true);
      case 'restarted':
        this.#book(lane, held, true);
        break;
      case 'progress':
      case 'log':
      case 'call':
        break;
    }
    job.onNotice?.(notice, (answer) => lane.thread.send(answer));
  }

  #hold(lane: Lane, job: Job): void {
    const held: Held = { job, needsCell: false, since: 0, parkedBytes: 0 };
    lane.held.set(job.task.runId, held);
    this.#book(lane, held, true);
    remember(lane, job);
  }

  #release(lane: Lane, runId: string): void {
    const held = lane.held.get(runId);
    if (held !== undefined) this.#book(lane, held, false);
    lane.held.delete(runId);
    this.#retireWhenIdle(lane);
    this.#pump();
  }

  /** Books whether a job needs its lane; saying so twice changes nothing. */
  #book(lane: Lane, held: Held, needsCell: boolean): void {
    if (held.needsCell === needsCell) return;
    held.needsCell = needsCell;
    held.since = performance.now();
    if (needsCell) held.parkedBytes = 0;
    const change = needsCell ? 1 : -1;
    const { key } = held.job;
    lane.active += change;
    const count = (this.#active.get(key) ?? 0) + change;
    if (count > 0) this.#active.set(key, count);
    else this.#active.delete(key);
  }

  #retireWhenIdle(lane: Lane): void {
    if (lane.held.size > 0 || this.#lanes.length <= this.#options.lanes || this.#stopping) return;
    clearTimeout(lane.idle);
    lane.idle = setTimeout(() => {
      const at = this.#lanes.indexOf(lane);
      if (at < 0 || lane.held.size > 0 || this.#lanes.length <= this.#options.lanes) return;
      this.#lanes.splice(at, 1);
      void this.#endLane(lane);
    }, this.#options.idleMs).unref();
  }

  async #endLane(lane: Lane): Promise<void> {
    clearTimeout(lane.idle);
    await lane.thread[Symbol.asyncDispose]();
    this.#killedBefore += lane.thread.killed;
  }

  #busy(): CodedError {
    const retryAfterMs = 1000;
    const message = `${this.#queue.size} calls are waiting already; try again in ${retryAfterMs} ms`;
    return sandboxError('HOST_BUSY', message, { retryAfterMs, queued: this.#queue.size });
  }
}

function cancelled(): CodedError {
  return sandboxError('RUN_CANCELLED', 'the caller cancelled the run before it started');
}

function stopping(): CodedError {
  return sandboxError('HOST_STOPPING', 'the host is stopping; call another one');
}
