// A lane: owns one cell, decides whose turn it is, keeps every deadline, and knows who is to blame when the cell dies.
//
// INVARIANT: the cell executes at most one run, the one this lane told it to. So a cell's death names its culprit.
// SECURITY: limits are read from outside (kernel CPU time, the lane's own clock); a guest cannot talk them down.
// test/integration/jail/culprits.test.ts and hostile-cell.test.ts hold both.

/* oxlint-disable max-lines -- one state machine: turns, deadlines and deaths are understood together */

import type { JournalEntry, RunOutcome } from '../contract.ts';
import { isCodedError, plainFailure, sandboxError, sandboxFailure, type Failure } from '../errors.ts';
import type { Frame } from '../wire.ts';
import { isSamePlan, planCell, standardPlan, type CellPlan } from './cell-plan.ts';
import type { CellSupply } from './cell-supply.ts';
import { CellWear, shareOf, type CellShare } from './cell-wear.ts';
import type { ChildExit, JailedChild } from './child.ts';
import { BEAT_MS, Heartbeat } from './heartbeat.ts';
import { LaneRun } from './lane-run.ts';
import type { DescribeTask, FromLane, RunTask, ToLane } from './messages.ts';
import { readReport, type Report, type TurnEnd } from './read-report.ts';
import {
  answeredTooMuch,
  crashed,
  crowded,
  diverged,
  interrupted,
  limitFailure,
  suspended,
  withLimit,
} from './run-failures.ts';
import { sendOrder } from './send-order.ts';
import { isCrowded, isGuilty, isOverdue, isOwnDoing, mayEndSo } from './verdicts.ts';
import { findPassed } from './watchdogs.ts';

// How often the deadlines of live runs are looked at; how far a run may pass one unseen.
const TICK_MS = 20;
const MAX_ATTEMPTS = 3;

/** What a lane needs of the world. */
export interface LaneDeps {
  readonly supply: CellSupply;
  /** Monotonic milliseconds. */
  readonly now: () => number;
  readonly post: (notice: FromLane) => void;
  /** What a cell does before it is replaced. @default {@link shareOf} */
  readonly share?: CellShare;
}

/** See the head of this file. */
export class Lane {
  readonly #deps: LaneDeps;
  readonly #runs = new Map<string, LaneRun>();
  /** Runs with an order that waits for the cell, in turn. */
  #ready: LaneRun[] = [];
  #executing: LaneRun | undefined;
  #cell: JailedChild | undefined;
  #heartbeat: Heartbeat | undefined;
  /** Whether the cell answered before it got its first run, and has had none: then nothing can keep it from that one. */
  #isFresh = false;
  #cellTenant = '';
  #wear: CellWear | undefined;
  #loaded = new Set<string>();
  #takingCell = false;
  #tick: NodeJS.Timeout | undefined;
  readonly #beat: NodeJS.Timeout;
  #watchedAt = 0;

  constructor(deps: LaneDeps) {
    this.#deps = deps;
    this.#beat = setInterval(() => this.#checkIdle(), BEAT_MS).unref();
  }

  /** Runs a task to its end. */
  run(task: RunTask | DescribeTask): Promise<RunOutcome> {
    const run = new LaneRun(task, this.#deps.now(), {
      ask: (call) => this.#deps.post({ type: 'call', runId: run.id, attempt: run.attempts, call }),
      deliver: (entry) => this.#deliver(run, entry),
    });
    this.#runs.set(run.id, run);
    this.#ready.push(run);
    this.#deps.post({ type: 'accepted', runId: run.id });
    if (this.#tick === undefined) {
      this.#watchedAt = this.#deps.now();
      this.#tick = setInterval(() => this.#watch(), TICK_MS);
    }
    this.#pump();
    return run.outcome;
  }

  /** Takes what the main thread says. */
  receive(message: ToLane): void {
    if (message.type === 'close') return this.#close();
    const run = this.#runs.get(message.runId);
    // It may have ended in the meantime, or not have come yet: then its cancellation comes again.
    if (run === undefined) return;
    if (message.type === 'cancel') {
      this.#stop(run, sandboxFailure('RUN_CANCELLED', 'the caller cancelled the run'), false);
    } else if (run.attempts === message.attempt && run.calls.isPending(message.call)) {
      this.#hearHost(run, message);
    }
  }

  #hearHost(run: LaneRun, message: Extract<ToLane, { readonly call: number }>): void {
    if (message.type === 'answer') {
      run.hadSideEffect ||= message.sideEffect;
      run.calls.answer(message.call, message);
    } else {
      run.calls.suspend(message.call);
      if (run.state.at === 'parked' && run.calls.isSuspended) this.#suspend(run);
    }
  }

  /** Gets a cell before the first run needs one. */
  async warm(): Promise<void> {
    if (this.#cell === undefined && !this.#takingCell) await this.#takeCell('', standardPlan('strict'));
  }

  #pump(): void {
    if (this.#executing !== undefined || this.#takingCell) return;
    const cell = this.#cell;
    // What a dead cell leaves behind is settled when it is buried.
    if (cell?.isDead === true) return;
    if (cell !== undefined && this.#wear?.isDone === true && !this.#isHeld()) {
      return void this.#takeCell(this.#cellTenant, cell.plan);
    }
    const [first] = this.#ready;
    if (first === undefined) return;
    // A run that needs another cell lets those overtake it that this one still holds: it gets its cell when they ended.
    const next = this.#fits(first) ? first : this.#ready.find((run) => run.started);
    if (cell !== undefined && next !== undefined) return this.#execute(cell, next);
    if (!this.#isHeld()) void this.#takeCell(first.task.tenant, planCell(first.task));
  }

  /** Whether runs wait in the cell that would be lost with it. */
  #isHeld(): boolean {
    return this.#runs.values().some((run) => run.started);
  }

  #fits({ task }: LaneRun): boolean {
    // Two tenants never share a cell, not even one after the other.
    const isOwn = this.#cellTenant === '' || this.#cellTenant === task.tenant;
    return isOwn && this.#cell !== undefined && isSamePlan(this.#cell.plan, planCell(task));
  }

  async #takeCell(tenant: string, plan: CellPlan): Promise<void> {
    this.#takingCell = true;
    const { supply } = this.#deps;
    const old = this.#cell;
    this.#cell = undefined;
    old?.kill();
    this.#deps.post({ type: 'cell', isReady: false });
    try {
      const cell = await supply.take(plan);
      this.#cell = cell;
      this.#heartbeat = new Heartbeat(cell);
      this.#isFresh = tenant !== '';
      this.#cellTenant = tenant;
      this.#loaded = new Set();
      this.#wear = new CellWear(this.#deps.share ?? shareOf(plan));
      cell.onFrame((frame) => this.#hear(cell, frame));
      void cell.exited.then((exit) => this.#bury(cell, exit));
      supply.stock(plan.profile);
    } catch (error) {
      const failure = isCodedError(error) ? error : sandboxFailure('CELL_UNAVAILABLE', 'no cell could be started');
      for (const run of this.#ready.splice(0)) this.#end(run, failure, false);
    } finally {
      this.#takingCell = false;
      this.#deps.post({ type: 'cell', isReady: true });
    }
    this.#pump();
  }

  #execute(cell: JailedChild, run: LaneRun): void {
    this.#ready = this.#ready.filter((other) => other !== run);
    const order = run.orders.shift();
    if (order === undefined) return;
    if (order.type === 'answer' && !run.calls.journal.note(order.entry)) {
      return this.#stop(run, answeredTooMuch(run), false);
    }
    this.#cellTenant = run.task.tenant;
    this.#executing = run;
    run.begin(this.#deps.now(), cell.usage(), this.#isFresh);
    this.#isFresh = false;
    this.#heartbeat?.noteWork();
    // A call to the host costs more than this question; the first turn is asked when it takes long.
    if (order.type === 'answer') this.#heartbeat?.ask();
    try {
      sendOrder(cell, run, order, this.#loaded);
    } catch (error) {
      if (!isCodedError(error)) throw error;
      // Larger than a frame may be: nothing was sent.
      this.#executing = undefined;
      this.#stop(run, error, false);
    }
  }

  /** A frame of the cell's: nothing but news of the run that executes is believed. */
  #hear(cell: JailedChild, frame: Frame): void {
    try {
      const run = this.#executing;
      if (frame.header.type === 'pong') this.#heartbeat?.hear();
      else if (run === undefined || frame.header['run'] !== run.id) throw outOfTurn();
      run?.prove();
      if (run === undefined || frame.header.type === 'pong') return;
      const report = readReport(frame, run.task.limits.outputBytes, run.calls.journal);
      if (report.type === 'turn') this.#endTurn(cell, run, report);
      else this.#hearSaid(run, report);
    } catch {
      // Not what a cell of ours says: whoever says it has broken out of the isolate.
      this.#deps.supply.kill(cell);
    }
  }

  #hearSaid(run: LaneRun, said: Exclude<Report, { readonly type: 'turn' }>): void {
    run.hostCalls += 1;
    // One more than the budget: what says that the log was cut.
    if (run.hostCalls > run.task.limits.hostCalls + 1) throw outOfTurn();
    if (said.type === 'call') {
      const contradicted = run.calls.take(said.call);
      if (contradicted !== undefined) this.#stop(run, diverged(run, contradicted), false);
      return;
    }
    const line = said.type === 'log' ? run.log(said.line) : undefined;
    // An earlier execution has told it.
    if (run.calls.journal.isReplaying) return;
    if (said.type === 'progress') this.#deps.post({ runId: run.id, ...said });
    else if (line !== undefined && run.tellsLog) this.#deps.post({ runId: run.id, type: 'log', line });
  }

  #deliver(run: LaneRun, entry: JournalEntry): void {
    run.orders.push({ type: 'answer', entry });
    if (run.state.at === 'parked') this.#wait(run);
  }

  /** The run has an order and joins the queue for the cell. */
  #wait(run: LaneRun): void {
    run.state = { at: 'waiting' };
    this.#deps.post({ type: 'resumed', runId: run.id });
    this.#ready.push(run);
    this.#pump();
  }

  #endTurn(cell: JailedChild, run: LaneRun, { usage, end }: Extract<Report, { readonly type: 'turn' }>): void {
    if (run.stop === undefined && !mayEndSo(run, end)) throw outOfTurn();
    this.#executing = undefined;
    const seen = cell.usage();
    this.#wear?.note(seen);
    run.look(this.#deps.now(), seen);
    run.endTurn(usage);
    const unasked = isOwnDoing(end) ? run.calls.findUnasked() : undefined;
    if (run.stop !== undefined) this.#end(run, run.stop.failure, run.stop.convicted);
    else if (unasked !== undefined) this.#end(run, diverged(run, unasked), false);
    else this.#follow(cell, run, end);
    this.#pump();
  }

  #follow(cell: JailedChild, run: LaneRun, end: TurnEnd): void {
    switch (end.state) {
      case 'done':
        this.#leave(run);
        return run.succeed(this.#deps.now(), end);
      case 'failed':
        return this.#end(run, withLimit(end.failure, run), false);
      case 'parked':
        return this.#park(cell, run);
      case 'unknown-version':
        // Evicted in the cell: load it again.
        if (!('describe' in run.task)) this.#loaded.delete(run.task.artifact.digest);
        run.hasReloaded = true;
        run.orders.unshift({ type: 'start' });
        run.state = { at: 'waiting' };
        this.#ready.unshift(run);
        return;
      case 'dropped':
        throw outOfTurn();
    }
  }

  #park(cell: JailedChild, run: LaneRun): void {
    // Many short turns: the tick may have met none of them.
    if (run.cpuMs > run.task.limits.cpuMs) this.#stop(run, limitFailure('LIMIT_CPU', run), true);
    else if (isCrowded(this.#runs.values(), cell.plan)) this.#stop(run, crowded(run), false);
    else if (run.orders.length > 0) this.#wait(run);
    else if (run.calls.journal.isReplaying) this.#answerAgain(run);
    else if (run.calls.isSuspended) this.#suspend(run);
    else this.#deps.post({ type: 'parked', runId: run.id, heapUsedBytes: run.heapUsedBytes });
  }

  #answerAgain(run: LaneRun): void {
    const unasked = run.calls.answerAgain();
    if (unasked !== undefined) this.#stop(run, diverged(run, unasked), false);
  }

  /** Nobody but the host's client can help the run on: it ends, and holds no isolate meanwhile. */
  #suspend(run: LaneRun): void {
    const { waiting } = run.calls;
    this.#cell?.send({ type: 'drop', run: run.id });
    this.#leave(run);
    run.fail(this.#deps.now(), suspended(run, waiting), false, waiting);
    this.#pump();
  }

  #end(run: LaneRun, failure: Failure, convicted: boolean): void {
    this.#leave(run);
    run.fail(this.#deps.now(), plainFailure(failure), convicted);
  }

  #leave(run: LaneRun): void {
    this.#runs.delete(run.id);
    this.#ready = this.#ready.filter((other) => other !== run);
    run.calls.letGo();
  }

  /** Ends a run before its time: in its isolate if that still listens, else with its cell. */
  #stop(run: LaneRun, failure: Failure, convicted: boolean): void {
    if (run.stop !== undefined) return;
    run.stop = { failure, convicted, at: this.#deps.now(), cpuMs: run.cpuMs };
    if (run.started) this.#cell?.send({ type: 'drop', run: run.id });
    if (run !== this.#executing) {
      this.#end(run, failure, convicted);
      this.#pump();
    }
  }

  #watch(): void {
    if (this.#runs.size === 0) {
      clearInterval(this.#tick);
      this.#tick = undefined;
      return;
    }
    const now = this.#deps.now();
    const elapsedMs = now - this.#watchedAt;
    this.#watchedAt = now;
    for (const run of this.#runs.values()) {
      // Waiting for the cell is not the run's doing.
      if (run.state.at === 'waiting') run.deadline += elapsedMs;
      else if (run.state.at === 'parked' && now > run.deadline) this.#stop(run, limitFailure('LIMIT_WALL', run), false);
    }
    if (this.#cell !== undefined) this.#watchCell(this.#cell, now);
  }

  #watchCell(cell: JailedChild, now: number): void {
    const run = this.#executing;
    const usage = cell.usage();
    const rssBytes = usage?.rssBytes ?? 0;
    const maxRssBytes = cell.plan.rssBytes;
    if (run !== undefined) {
      run.look(now, usage);
      if (!run.isProven && this.#heartbeat?.isAwaited === false) this.#heartbeat.ask();
      const failure = findPassed(run, { now, rssBytes, maxRssBytes });
      if (failure !== undefined) this.#stop(run, failure, true);
    }
    const isLate = run !== undefined && isOverdue(run, now);
    // Disposing an isolate frees no memory that the isolate does not know of.
    if (isLate || rssBytes > maxRssBytes) this.#deps.supply.kill(cell);
  }

  #checkIdle(): void {
    const cell = this.#cell;
    if (cell === undefined || this.#executing !== undefined) return;
    if (this.#heartbeat?.beat() === false) this.#deps.supply.kill(cell);
  }

  /** The cell died: whose code was running is convicted; the others start over, unless the world has seen them act. */
  #bury(cell: JailedChild, exit: ChildExit): void {
    if (cell !== this.#cell) return;
    this.#cell = undefined;
    const run = this.#executing;
    this.#executing = undefined;
    run?.look(this.#deps.now(), cell.usage());
    if (run !== undefined && isGuilty(run, exit)) this.#end(run, run.stop?.failure ?? crashed(run, exit), true);
    // Cancelled.
    else if (run?.stop?.convicted === false) this.#end(run, run.stop.failure, false);
    for (const run of this.#runs.values()) if (run.started) this.#startOver(run);
    // Before the next run asks for one.
    if (this.#ready.length === 0) void this.#takeCell('', standardPlan(cell.plan.profile));
    else this.#pump();
  }

  #startOver(run: LaneRun): void {
    if (run.hadSideEffect || run.attempts >= MAX_ATTEMPTS) return this.#end(run, interrupted(run), false);
    this.#deps.post({ type: 'restarted', runId: run.id });
    this.#ready = this.#ready.filter((other) => other !== run);
    run.restart();
    this.#ready.push(run);
  }

  #close(): void {
    clearInterval(this.#beat);
    this.#executing = undefined;
    const stopping = sandboxFailure('HOST_STOPPING', 'the host stopped before the run ended');
    for (const run of this.#runs.values()) this.#end(run, stopping, false);
    this.#deps.supply.close();
  }
}

function outOfTurn(): Error {
  return sandboxError('CELL_PROTOCOL', 'the cell says what it was not asked');
}
