// One run as its lane keeps it: what it has used, said and asked, across turns and, if its cell dies, across cells.

import type { TurnUsage } from '../cell-messages.ts';
import type { Bill, JournalEntry, LogLine, RunOutcome, WaitingCall } from '../contract.ts';
import type { Failure } from '../errors.ts';
import type { DescribeTask, RunTask } from './messages.ts';
import { CPU_TICK_MS, type ProcessUsage } from './proc.ts';
import type { TurnEnd } from './read-report.ts';
import { RunCalls, type CallPorts } from './run-calls.ts';

/** What a turn starts with. */
export type Order = { readonly type: 'start' } | { readonly type: 'answer'; readonly entry: JournalEntry };

/** Where a run stands. */
export type RunState =
  /** Its next order waits for the cell. */
  | { readonly at: 'waiting' }
  /** Its guest code is running. The cell's CPU time when the turn began and when last looked at; undefined where no one tells. */
  | {
      readonly at: 'executing';
      readonly cpuBefore: number | undefined;
      cpuNow: number | undefined;
      /** When that last changed, lane clock. */
      movedAt: number;
      /** Whether the cell is known to have come to this turn: until then it may still be at what it did before. */
      isProven: boolean;
    }
  /** It waits for the host. */
  | { readonly at: 'parked' };

/** Why a run is being ended before its time. */
export interface Stop {
  readonly failure: Failure;
  readonly convicted: boolean;
  /** When it was told to, lane clock, and what CPU time it had burned. */
  readonly at: number;
  readonly cpuMs: number;
}

// What says that the log was cut comes after it.
const LAST_LINE_BYTES = 1024;
const LOG_CUT: LogLine = { level: 'warn', text: 'log limit reached; later lines are lost', code: 'LIMIT_LOG' };

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
  /** Whether its cell asked for its version once more: an honest one does so once. */
  hasReloaded = false;
  /** Messages to the host, of every kind. */
  hostCalls = 0;
  readonly calls: RunCalls;
  /** Whether something outside changed because of it: then it is never silently run again. */
  hadSideEffect = false;
  /** Lane clock; moves on while the run waits for the cell, which is not its doing. */
  deadline = Infinity;
  readonly #resolve: (outcome: RunOutcome) => void;
  readonly #bytesIn: number;
  #startedAt: number;
  /** CPU time of its turns as its cells told it, and as the kernel did. */
  #toldMs = 0;
  #seenMs = 0;
  #usage: TurnUsage | undefined;
  #logs: LogLine[] = [];
  #logBytes = 0;

  constructor(task: RunTask | DescribeTask, now: number, ports: CallPorts) {
    this.task = task;
    this.calls = new RunCalls(task, ports);
    this.#startedAt = now;
    this.#bytesIn = 'describe' in task ? 0 : Buffer.byteLength(task.input);
    const { promise, resolve } = Promise.withResolvers<RunOutcome>();
    this.outcome = promise;
    this.#resolve = resolve;
  }

  get id(): string {
    return this.task.runId;
  }

  /** Whether somebody hears its log as it is written. */
  get tellsLog(): boolean {
    return !('describe' in this.task) && this.task.tellsLog === true;
  }

  /** Heap of its isolate after its last turn, in bytes. */
  get heapUsedBytes(): number {
    return this.#usage?.heapUsedBytes ?? 0;
  }

  /**
   * CPU time so far, in milliseconds, the turn under way included. What the cell tells is finer, what the kernel tells is
   * true: the first counts as far as the second bears it out.
   */
  get cpuMs(): number {
    const seenMs = this.#seenMs + this.#seenInTurn();
    if (Number.isNaN(seenMs)) return this.#toldMs;
    return Math.min(Math.max(this.#toldMs, seenMs - CPU_TICK_MS), seenMs + CPU_TICK_MS);
  }

  /** Whether it executes, and its cell is known to have come to it. */
  get isProven(): boolean {
    return this.state.at === 'executing' && this.state.isProven;
  }

  /** Since when the turn under way has burned no CPU, in milliseconds; 0 where the kernel does not tell. */
  silentMs(now: number): number {
    return this.state.at === 'executing' && this.state.cpuNow !== undefined ? now - this.state.movedAt : 0;
  }

  /** A turn begins; time counts from the first one. */
  begin(now: number, cell: ProcessUsage | undefined, isProven: boolean): void {
    const cpuMs = cell?.cpuMs;
    this.state = { at: 'executing', cpuBefore: cpuMs, cpuNow: cpuMs, movedAt: now, isProven };
    if (this.started) return;
    this.started = true;
    this.#startedAt = now;
    this.deadline = now + this.task.limits.wallMs;
  }

  /** Its cell has come to the turn under way. */
  prove(): void {
    if (this.state.at === 'executing') this.state.isProven = true;
  }

  /** Notes the cell's CPU time; nothing where no one tells. */
  look(now: number, cell: ProcessUsage | undefined): void {
    if (this.state.at !== 'executing' || cell === undefined || cell.cpuMs === this.state.cpuNow) return;
    this.state.cpuNow = cell.cpuMs;
    this.state.movedAt = now;
  }

  endTurn(usage: TurnUsage): void {
    this.#toldMs += usage.cpuMs;
    this.#seenMs += this.#seenInTurn();
    this.#usage = usage;
    this.state = { at: 'parked' };
  }

  /** Forgets what a dead cell knew, to start over in another. */
  restart(): void {
    this.attempts += 1;
    this.stop = undefined;
    this.started = false;
    this.hasReloaded = false;
    this.state = { at: 'waiting' };
    this.orders = [{ type: 'start' }];
    this.calls.restart();
    this.hostCalls = 0;
    this.deadline = Infinity;
    this.#toldMs = 0;
    this.#seenMs = 0;
    this.#logs = [];
    this.#logBytes = 0;
  }

  /** Notes a line of its log. Returns it, or in its place the one that says that there is no room; nothing after that. */
  log(line: LogLine): LogLine | undefined {
    if (this.#logs.at(-1)?.code !== undefined) return undefined;
    this.#logBytes += Buffer.byteLength(line.text);
    // The guest's own budget cuts earlier; this one holds when the guest's was broken, or lines grew when they were escaped.
    const kept = this.#logBytes <= this.task.limits.logBytes + LAST_LINE_BYTES ? line : LOG_CUT;
    this.#logs.push(kept);
    return kept;
  }

  succeed(now: number, { output, content, bytes }: Extract<TurnEnd, { readonly state: 'done' }>): void {
    this.#resolve({ ok: true, ...(output === undefined ? {} : { output }), content, ...this.#account(now, bytes) });
  }

  /** `waiting` is what a suspended run waits for. */
  fail(now: number, failure: Failure, convicted: boolean, waiting?: readonly WaitingCall[]): void {
    this.#resolve({
      ok: false,
      failure,
      convicted,
      ...(waiting === undefined ? {} : { waiting }),
      ...this.#account(now, 0),
    });
  }

  /** CPU time of the turn under way as the kernel tells it; NaN where it does not. */
  #seenInTurn(): number {
    if (this.state.at !== 'executing') return 0;
    return (this.state.cpuNow ?? NaN) - (this.state.cpuBefore ?? NaN);
  }

  #account(now: number, bytesOut: number): Pick<RunOutcome, 'bill' | 'logs' | 'journal'> {
    return { bill: this.#bill(now, bytesOut), logs: this.#logs, journal: this.calls.journal.entries };
  }

  #bill(now: number, bytesOut: number): Bill {
    return {
      cpuMs: round(this.cpuMs),
      wallMs: round(now - this.#startedAt),
      heapUsedBytes: this.heapUsedBytes,
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
