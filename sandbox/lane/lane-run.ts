// One run as its lane keeps it: what it has used, said and asked, across turns and, if its cell dies, across cells.

import type { TurnUsage } from '../cell-messages.ts';
import type { Bill, LogLine, RunOutcome } from '../contract.ts';
import type { Failure } from '../errors.ts';
import type { ContentPart } from '../manifest.ts';
import type { DescribeTask, RunTask } from './messages.ts';

/** What a turn starts with. */
export type Order =
  | { readonly type: 'start' }
  | { readonly type: 'answer'; readonly call: number; readonly ok: boolean; readonly text: string; readonly clockMs: number };

/** Where a run stands. */
export type RunState =
  /** Its next order waits for the cell. */
  | { readonly at: 'waiting' }
  /** Its guest code is running. `cpuBefore` is the cell's CPU time when the turn was first looked at. */
  | { readonly at: 'executing'; cpuBefore: number | undefined; cpuNow: number }
  /** It waits for the host. */
  | { readonly at: 'parked' };

/** Why a run is being ended before its time. */
export interface Stop {
  readonly failure: Failure;
  readonly convicted: boolean;
  /** When it was told to, lane clock. */
  readonly at: number;
}

const MAX_LOG_LINES = 1000;

/** A run in a lane, until {@link LaneRun.outcome} settles. */
export class LaneRun {
  readonly task: RunTask | DescribeTask;
  readonly outcome: Promise<RunOutcome>;
  state: RunState = { at: 'waiting' };
  stop: Stop | undefined;
  /** Orders that wait for the cell, oldest first. */
  orders: Order[] = [{ type: 'start' }];
  /** Whether a cell knows of it. */
  started = false;
  attempts = 1;
  hostCalls = 0;
  /** Host calls without an answer. */
  readonly pendingCalls = new Set<number>();
  /** Whether something outside changed because of it: then it is never silently run again. */
  hadSideEffect = false;
  /** What `host.sleep` has let pass, in milliseconds: the guest's clock shows it. */
  sleptMs = 0;
  /** Lane clock; moves on while the run waits for the cell, which is not its doing. */
  deadline = Infinity;
  readonly #resolve: (outcome: RunOutcome) => void;
  readonly #bytesIn: number;
  #startedAt: number;
  #cpuMs = 0;
  #usage: TurnUsage | undefined;
  #logs: LogLine[] = [];
  #logBytes = 0;

  constructor(task: RunTask | DescribeTask, now: number) {
    this.task = task;
    this.#startedAt = now;
    this.#bytesIn = 'describe' in task ? 0 : Buffer.byteLength(task.input);
    const { promise, resolve } = Promise.withResolvers<RunOutcome>();
    this.outcome = promise;
    this.#resolve = resolve;
  }

  get id(): string {
    return this.task.runId;
  }

  /** CPU time so far, the running turn included. */
  get cpuMs(): number {
    const { state } = this;
    return this.#cpuMs + (state.at === 'executing' ? state.cpuNow - (state.cpuBefore ?? state.cpuNow) : 0);
  }

  /** The first turn begins: from here time counts. */
  begin(now: number): void {
    this.started = true;
    this.#startedAt = now;
    this.deadline = now + this.task.limits.wallMs;
  }

  /** Books a turn: what the cell says it cost, or what was seen from outside if that is more. */
  endTurn(usage: TurnUsage): void {
    const seen = this.cpuMs - this.#cpuMs;
    this.#cpuMs += Math.max(seen, usage.cpuMs);
    this.#usage = usage;
    this.state = { at: 'parked' };
  }

  /** Forgets what a dead cell knew, to start over in another. */
  restart(): void {
    this.attempts += 1;
    this.started = false;
    this.state = { at: 'waiting' };
    this.orders = [{ type: 'start' }];
    this.pendingCalls.clear();
    this.hostCalls = 0;
    this.sleptMs = 0;
    this.deadline = Infinity;
    this.#cpuMs = 0;
    this.#logs = [];
    this.#logBytes = 0;
  }

  log(line: LogLine): void {
    this.#logBytes += Buffer.byteLength(line.text);
    // The guest's own budget cuts earlier and says so; this one holds when the guest's was broken.
    if (this.#logBytes <= 2 * this.task.limits.logBytes + 1024 && this.#logs.length < MAX_LOG_LINES) this.#logs.push(line);
  }

  succeed(now: number, output: string, content: readonly ContentPart[], bytesOut: number): void {
    this.#resolve({ ok: true, output, content, logs: this.#logs, bill: this.#bill(now, bytesOut) });
  }

  fail(now: number, failure: Failure, convicted: boolean): void {
    this.#resolve({ ok: false, failure, convicted, logs: this.#logs, bill: this.#bill(now, 0) });
  }

  #bill(now: number, bytesOut: number): Bill {
    return {
      cpuMs: round(this.cpuMs),
      wallMs: round(now - this.#startedAt),
      heapUsedBytes: this.#usage?.heapUsedBytes ?? 0,
      cellRssPeakBytes: this.#usage?.rssPeakBytes ?? 0,
      bytesIn: this.#bytesIn,
      bytesOut,
      hostCalls: this.hostCalls,
    };
  }
}

function round(ms: number): number {
  return Math.round(ms * 1000) / 1000;
}
