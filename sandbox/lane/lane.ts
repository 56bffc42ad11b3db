// A lane: owns one cell, decides whose turn it is, keeps every deadline, and knows who is to blame when the cell dies.
//
// INVARIANT: the cell executes at most one run, the one this lane told it to. So a cell's death names its culprit.
// SECURITY: limits are read from outside (kernel CPU time, the lane's own clock); a guest cannot talk them down.
// test/unit/sandbox/culprits.test.ts and test/escape hold both.

import type { TurnEnded } from '../cell-messages.ts';
import type { RunOutcome } from '../contract.ts';
import { isCodedError, sandboxFailure, type Failure } from '../errors.ts';
import type { Frame } from '../wire.ts';
import { dataBytesFor, type CellSupply } from './cell-supply.ts';
import { checkContent, checkFailure } from './check-answer.ts';
import type { JailedChild } from './child.ts';
import { LaneRun, type Order } from './lane-run.ts';
import type { DescribeTask, FromLane, RunTask, ToLane } from './messages.ts';
import { limitFailure } from './limit-failure.ts';

// How often the deadlines of live runs are looked at; how far a run may pass one unseen.
const TICK_MS = 20;
// A disposed isolate ends within a few milliseconds, or (some engine loops) never.
const DISPOSE_GRACE_MS = 100;
const MAX_ATTEMPTS = 3;

/** What a lane needs of the world. */
export interface LaneDeps {
  readonly supply: CellSupply;
  /** Monotonic milliseconds. */
  readonly now: () => number;
  readonly post: (message: FromLane) => void;
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

  constructor(deps: LaneDeps) {
    this.#deps = deps;
  }

  /** Runs a task to its end. */
  run(task: RunTask | DescribeTask): Promise<RunOutcome> {
    const run = new LaneRun(task, this.#deps.now());
    this.#runs.set(run.id, run);
    this.#ready.push(run);
    this.#tick ??= setInterval(() => this.#watch(), TICK_MS);
    this.#pump();
    return run.outcome;
  }

  /** Takes a cancellation or the answer to a host call. */
  receive(message: ToLane): void {
    const run = this.#runs.get(message.runId);
    // It may have ended in the meantime.
    if (run === undefined) return;
    if (message.type === 'cancel') {
      this.#stop(run, sandboxFailure('RUN_CANCELLED', 'the caller cancelled the run'), false);
    } else if (run.pendingCalls.has(message.callId)) {
      run.hadSideEffect ||= message.sideEffect;
      this.#answer(run, message.callId, message.ok, message.text, message.clockMs);
    }
  }

  /** Gets a cell before the first run needs one. */
  async warm(): Promise<void> {
    if (this.#cell === undefined && !this.#takingCell) await this.#takeCell('', dataBytesFor(0));
  }

  #pump(): void {
    const [run] = this.#ready;
    if (run === undefined || this.#executing !== undefined || this.#takingCell) return;
    const dataBytes = dataBytesFor(run.task.limits.heapBytes);
    if (!this.#fits(run.task.tenant, dataBytes)) {
      // Parked runs keep their cell until they end.
      const inUse = this.#cell?.isDead === false && [...this.#runs.values()].some((other) => other.started);
      if (!inUse) void this.#takeCell(run.task.tenant, dataBytes);
      return;
    }
    this.#ready.shift();
    this.#cellTenant = run.task.tenant;
    const order = run.orders.shift();
    if (order === undefined || this.#cell === undefined) return;
    if (order.type === 'start') run.begin(this.#deps.now());
    run.state = { at: 'executing', cpuBefore: undefined, cpuNow: 0 };
    this.#executing = run;
    this.#sendOrder(this.#cell, run, order);
  }

  #fits(tenant: string, dataBytes: number): boolean {
    const cell = this.#cell;
    if (cell === undefined || cell.isDead) return false;
    // Two tenants never share a cell, not even one after the other.
    return (this.#cellTenant === '' || this.#cellTenant === tenant) && cell.plan.dataBytes === dataBytes;
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

  #sendOrder(cell: JailedChild, run: LaneRun, order: Order): void {
    const { task } = run;
    if (order.type === 'answer') {
      const { call, ok, text, clockMs } = order;
      cell.send({ type: 'answer', run: run.id, call, ok, clockMs }, text);
      return;
    }
    const { heapBytes, outputBytes, logBytes, hostCalls } = task.limits;
    if ('describe' in task) {
      cell.send({ type: 'describe', run: run.id, heapBytes }, task.script);
      return;
    }
    const { artifact } = task;
    if (!this.#loaded.has(artifact.digest)) {
      this.#loaded.add(artifact.digest);
      const sizes = {
        scriptBytes: Buffer.byteLength(artifact.script),
        validatorsBytes: Buffer.byteLength(artifact.validators),
      };
      const { digest, script, validators, context } = artifact;
      cell.send({ type: 'load', digest, heapBytes, ...sizes }, script, validators, context);
    }
    const { seed, clockMs, grants } = task;
    const budgets = { outputBytes, logBytes, hostCalls };
    cell.send({ type: 'start', run: run.id, digest: artifact.digest, seed, clockMs, grants, budgets }, task.input);
  }

  /** A frame of the cell's: believed only where it is about the run this lane told it to execute. */
  #hear(cell: JailedChild, { header, body }: Frame): void {
    if (cell !== this.#cell) return;
    const run = this.#runs.get(String(header['run']));
    const isTurn = header.type === 'turn';
    if (run === undefined || (run !== this.#executing && !(isTurn && header['state'] === 'dropped'))) return;
    try {
      if (isTurn) this.#endTurn(run, header as unknown as TurnEnded, body);
      else if (header.type === 'said') this.#hearSaid(run, String(header['kind']), body.toString());
    } catch {
      // Not what a cell of ours says: whoever says it has broken out of the isolate.
      this.#deps.supply.kill(cell);
    }
  }

  #hearSaid(run: LaneRun, kind: string, text: string): void {
    run.hostCalls += 1;
    if (run.hostCalls > run.task.limits.hostCalls + 1) throw new Error('over the budget its prelude keeps');
    if (kind === 'log') {
      const { level, text: line } = JSON.parse(text) as { level: unknown; text: unknown };
      const known = level === 'debug' || level === 'warn' || level === 'error' ? level : 'info';
      run.log({ level: known, text: String(line) });
    } else if (kind === 'progress') {
      this.#deps.post({ type: 'progress', runId: run.id, text });
    } else this.#hearCall(run, text);
  }

  #hearCall(run: LaneRun, text: string): void {
    const { id, capability, args } = JSON.parse(text) as { id: unknown; capability: unknown; args: unknown };
    if (!Number.isSafeInteger(id) || typeof capability !== 'string' || typeof args !== 'string') throw new Error('no call');
    const callId = id as number;
    run.pendingCalls.add(callId);
    const { task } = run;
    if ('describe' in task) return;
    if (capability === 'time.sleep') return this.#sleep(run, callId, args, task.clockMs);
    if (!task.grants.includes(capability)) {
      const message = `the tool was not granted ${capability}`;
      return this.#answer(run, callId, false, JSON.stringify({ code: 'GRANT_MISSING', message }), task.clockMs);
    }
    this.#deps.post({ type: 'call', runId: run.id, callId, capability, args });
  }

  /** `host.sleep`: the one host call that needs no host. */
  #sleep(run: LaneRun, callId: number, args: string, clockMs: number): void {
    const asked = Number((JSON.parse(args) as { ms?: unknown }).ms);
    const ms = Math.min(Math.max(Number.isFinite(asked) ? asked : 0, 0), run.task.limits.wallMs);
    const attempt = run.attempts;
    const wake = (): void => {
      const stillAsked = this.#runs.get(run.id) === run && run.attempts === attempt && run.pendingCalls.has(callId);
      if (stillAsked) this.#answer(run, callId, true, 'null', clockMs + run.sleptMs);
    };
    run.sleptMs += ms;
    setTimeout(wake, ms);
  }

  #answer(run: LaneRun, call: number, ok: boolean, text: string, clockMs: number): void {
    run.pendingCalls.delete(call);
    run.orders.push({ type: 'answer', call, ok, text, clockMs });
    if (run.state.at === 'parked') this.#wait(run);
  }

  /** The run has an order and joins the queue for the cell. */
  #wait(run: LaneRun): void {
    run.state = { at: 'waiting' };
    this.#deps.post({ type: 'resumed', runId: run.id });
    this.#ready.push(run);
    this.#pump();
  }

  #endTurn(run: LaneRun, turn: TurnEnded, body: Buffer): void {
    if (run === this.#executing) this.#executing = undefined;
    run.endTurn(turn.usage);
    if (run.stop !== undefined) this.#end(run, run.stop.failure, run.stop.convicted);
    else this.#follow(run, turn, body);
    this.#pump();
  }

  #follow(run: LaneRun, turn: TurnEnded, body: Buffer): void {
    switch (turn.state) {
      case 'done':
        return this.#succeed(run, body, turn.outputBytes);
      case 'failed':
        return this.#end(run, checkFailure(turn.failure), false);
      case 'parked':
        if (run.orders.length > 0) return this.#wait(run);
        this.#deps.post({ type: 'parked', runId: run.id });
        return;
      case 'unknown-version':
        // Evicted in the cell: load it again.
        if (!('describe' in run.task)) this.#loaded.delete(run.task.artifact.digest);
        run.orders.unshift({ type: 'start' });
        run.state = { at: 'waiting' };
        this.#ready.unshift(run);
        return;
      case 'dropped':
        return this.#end(run, sandboxFailure('RUN_CRASHED', "the run's isolate went away"), false);
    }
  }

  #succeed(run: LaneRun, body: Buffer, outputBytes: number): void {
    const { limits } = run.task;
    if (body.length > limits.outputBytes) {
      const message = `the result has ${body.length} bytes, over limits.outputBytes = ${limits.outputBytes}`;
      return this.#end(run, sandboxFailure('LIMIT_OUTPUT', message), false);
    }
    const output = body.toString('utf8', 0, outputBytes);
    try {
      // Off the host's main loop: that this is JSON, and which content parts it names.
      JSON.parse(output);
      const content = checkContent(body.toString('utf8', outputBytes));
      this.#runs.delete(run.id);
      run.succeed(this.#deps.now(), output, content, body.length);
    } catch (error) {
      if (!isCodedError(error)) throw error;
      this.#end(run, error, false);
    }
  }

  #end(run: LaneRun, failure: Failure, convicted: boolean): void {
    this.#runs.delete(run.id);
    this.#ready = this.#ready.filter((other) => other !== run);
    if (run.pendingCalls.size > 0) this.#deps.post({ type: 'calls-void', runId: run.id });
    const { code, kind, fault, message, data } = failure;
    run.fail(this.#deps.now(), { code, kind, fault, message, ...(data === undefined ? {} : { data }) }, convicted);
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
    for (const run of this.#runs.values()) {
      // Waiting for the cell is not the run's doing.
      if (run.state.at === 'waiting') run.deadline += TICK_MS;
      else if (run.state.at === 'parked' && now > run.deadline) this.#stop(run, limitFailure('LIMIT_WALL', run), false);
    }
    this.#watchExecuting(now);
  }

  #watchExecuting(now: number): void {
    const run = this.#executing;
    const cell = this.#cell;
    if (run?.state.at !== 'executing' || cell === undefined) return;
    run.state.cpuNow = cell.cpuMs();
    run.state.cpuBefore ??= run.state.cpuNow;
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
    if (culprit !== undefined) this.#end(culprit, culprit.stop?.failure ?? crash(culprit), true);
    for (const run of this.#runs.values()) {
      if (!run.started) continue;
      if (run.pendingCalls.size > 0) this.#deps.post({ type: 'calls-void', runId: run.id });
      if (run.hadSideEffect || run.attempts >= MAX_ATTEMPTS) this.#end(run, interrupted(run), false);
      else {
        if (run.state.at === 'parked') this.#deps.post({ type: 'resumed', runId: run.id });
        this.#ready = this.#ready.filter((other) => other !== run);
        run.restart();
        this.#ready.push(run);
      }
    }
    if (this.#ready.length > 0) this.#pump();
    else void this.warm();
  }
}

function crash(run: LaneRun): Failure {
  const tool = 'describe' in run.task ? 'the tool' : `tool "${run.task.artifact.tool}"`;
  return sandboxFailure('RUN_CRASHED', `${tool} brought down the process it ran in; it used too much memory or hit an engine bug`);
}

function interrupted(run: LaneRun): Failure {
  const why = run.hadSideEffect ? 'after it had changed something outside' : `${run.attempts} times`;
  return sandboxFailure('RUN_INTERRUPTED', `another run ended the cell ${why}; check what was done, then call again`);
}
