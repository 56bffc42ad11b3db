// A lane: owns one cell, decides whose turn it is, keeps every deadline, and knows who is to blame when the cell dies.
//
// INVARIANT: the cell executes at most one run, the one this lane told it to. So a cell's death names its culprit.
// SECURITY: limits are read from outside (kernel CPU time, the lane's own clock); a guest cannot talk them down.
// test/integration/jail/culprits.test.ts and hostile-cell.test.ts hold both.

/* oxlint-disable max-lines -- one state machine: turns, deadlines and deaths are understood together */

import type { JournalEntry, RunOutcome } from '../contract.ts';
import { isCodedError, plainFailure, sandboxError, sandboxFailure, type Failure } from '../errors.ts';
import type { Frame } from '../wire.ts';
import { dataBytesFor, parkedBytesFor } from './cell-size.ts';
import type { CellSupply } from './cell-supply.ts';
import type { JailedChild } from './child.ts';
import { LaneRun } from './lane-run.ts';
import type { DescribeTask, RunNotice, RunTask, ToLane } from './messages.ts';
import { readReport, type Report, type TurnEnd } from './read-report.ts';
import { answeredTooMuch, crashed, crowded, diverged, interrupted, limitFailure, suspended } from './run-failures.ts';
import { sendOrder } from './send-order.ts';

// How often the deadlines of live runs are looked at; how far a run may pass one unseen.
const TICK_MS = 20;
// A disposed isolate ends within a few milliseconds, on a starved machine within some more, or (some engine loops) never.
const DISPOSE_GRACE_MS = 250;
const MAX_ATTEMPTS = 3;

/** What a lane needs of the world. */
export interface LaneDeps {
  readonly supply: CellSupply;
  /** Monotonic milliseconds. */
  readonly now: () => number;
  readonly post: (notice: RunNotice) => void;
}

/** See the head of this file. */
export class Lane {
  readonly #deps: LaneDeps;
  readonly #runs = new Map<string, LaneRun>();
  /** Runs with an order that waits for the cell, in turn. */
  #ready: LaneRun[] = [];
  #executing: LaneRun | undefined;
  #cell: JailedChild | undefined;
  #cellTenant = '';
  #loaded = new Set<string>();
  #takingCell = false;
  #tick: NodeJS.Timeout | undefined;
  #watchedAt = 0;

  constructor(deps: LaneDeps) {
    this.#deps = deps;
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
    if (this.#cell === undefined && !this.#takingCell) await this.#takeCell('', dataBytesFor(0));
  }

  #pump(): void {
    const [first] = this.#ready;
    if (first === undefined || this.#executing !== undefined || this.#takingCell) return;
    const cell = this.#cell;
    // What a dead cell leaves behind is settled when it is buried.
    if (cell?.isDead === true) return;
    // A run that needs another cell lets those overtake it that this one still holds: it gets its cell when they ended.
    const next = this.#fits(first) ? first : this.#ready.find((run) => run.started);
    if (cell !== undefined && next !== undefined) return this.#execute(cell, next);
    const isHeld = this.#runs.values().some((run) => run.started);
    if (!isHeld) void this.#takeCell(first.task.tenant, dataBytesFor(first.task.limits.heapBytes));
  }

  #fits({ task }: LaneRun): boolean {
    // Two tenants never share a cell, not even one after the other.
    const isOwn = this.#cellTenant === '' || this.#cellTenant === task.tenant;
    return isOwn && this.#cell?.plan.dataBytes === dataBytesFor(task.limits.heapBytes);
  }

  async #takeCell(tenant: string, dataBytes: number): Promise<void> {
    this.#takingCell = true;
    const { supply } = this.#deps;
    const old = this.#cell;
    this.#cell = undefined;
    old?.kill();
    try {
      const cell = await supply.take(dataBytes);
      this.#cell = cell;
      this.#cellTenant = tenant;
      this.#loaded = new Set();
      cell.onFrame((frame) => this.#hear(cell, frame));
      void cell.exited.then(() => this.#bury(cell));
      supply.stock();
    } catch (error) {
      const failure = isCodedError(error) ? error : sandboxFailure('CELL_UNAVAILABLE', 'no cell could be started');
      for (const run of this.#ready.splice(0)) this.#end(run, failure, false);
    } finally {
      this.#takingCell = false;
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
    run.begin(this.#deps.now(), cell.cpuMs());
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
      if (run === undefined || frame.header['run'] !== run.id) throw outOfTurn();
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
    const isKept = said.type === 'progress' || run.log(said.line);
    // An earlier execution has told it.
    if (!isKept || run.calls.journal.isReplaying) return;
    if (said.type === 'progress' || run.tellsLog) this.#deps.post({ runId: run.id, ...said });
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
    run.look(cell.cpuMs());
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
        return this.#end(run, end.failure, false);
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
    else if (this.#isCrowded(cell)) this.#stop(run, crowded(run), false);
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

  /** Whether what waits in the cell leaves too little for what runs: then the run would die of others' memory, and be blamed. */
  #isCrowded(cell: JailedChild): boolean {
    const held = this.#runs
      .values()
      .filter((run) => run.started)
      .toArray();
    const heldBytes = held.reduce((sum, run) => sum + run.heapUsedBytes, 0);
    return held.length > 1 && heldBytes > parkedBytesFor(cell.plan.dataBytes);
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
    run.stop = { failure, convicted, at: this.#deps.now() };
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
    if (this.#executing !== undefined && this.#cell !== undefined)
      this.#watchExecuting(this.#cell, this.#executing, now);
  }

  #watchExecuting(cell: JailedChild, run: LaneRun, now: number): void {
    run.look(cell.cpuMs());
    if (run.stop !== undefined) {
      if (now - run.stop.at > DISPOSE_GRACE_MS) this.#deps.supply.kill(cell);
    } else if (run.cpuMs > run.task.limits.cpuMs) this.#stop(run, limitFailure('LIMIT_CPU', run), true);
    else if (now > run.deadline) this.#stop(run, limitFailure('LIMIT_WALL', run), true);
  }

  /** The cell died: whose code was running is convicted; the others start over, unless the world has seen them act. */
  #bury(cell: JailedChild): void {
    if (cell !== this.#cell) return;
    this.#cell = undefined;
    const culprit = this.#executing;
    this.#executing = undefined;
    if (culprit !== undefined) this.#end(culprit, culprit.stop?.failure ?? crashed(culprit), true);
    for (const run of this.#runs.values()) if (run.started) this.#startOver(run);
    this.#pump();
  }

  #startOver(run: LaneRun): void {
    if (run.hadSideEffect || run.attempts >= MAX_ATTEMPTS) return this.#end(run, interrupted(run), false);
    this.#deps.post({ type: 'restarted', runId: run.id });
    this.#ready = this.#ready.filter((other) => other !== run);
    run.restart();
    this.#ready.push(run);
  }

  #close(): void {
    this.#executing = undefined;
    const stopping = sandboxFailure('HOST_STOPPING', 'the host stopped before the run ended');
    for (const run of this.#runs.values()) this.#end(run, stopping, false);
    this.#deps.supply.close();
  }
}

/** Whether a cell may end a turn in this way that nobody told it to end. */
function mayEndSo(run: LaneRun, { state }: TurnEnd): boolean {
  if (state === 'unknown-version') return !run.hasReloaded && !('describe' in run.task);
  return state !== 'dropped';
}

/** Whether a turn ended a run by what its tool did: limits and engines may end it where they did not before. */
function isOwnDoing(end: TurnEnd): boolean {
  return end.state === 'done' || (end.state === 'failed' && /^(invalid|denied)$/.test(end.failure.kind));
}

function outOfTurn(): Error {
  return sandboxError('CELL_PROTOCOL', 'the cell says what it was not asked');
}
