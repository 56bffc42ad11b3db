// The lane of a workshop: one making step at a time, under a deadline, a CPU limit and a memory limit read from outside.
//
// SECURITY: a template, a schema or a source may be built to hang or to swell its compiler. The process that met it ends;
// the step fails with a code; the next step gets a new process. test/integration/jail/workshop.test.ts holds it.

import { CodedError, sandboxError } from '../errors.ts';
import type { Programs } from '../programs.ts';
import type { WorkOutcome } from '../workshop-messages.ts';
import type { CellPlan } from './cell-plan.ts';
import { spawnChild, untilReady, type JailedChild } from './child.ts';
import { readWork } from './check-work.ts';
import type { WorkTask } from './messages.ts';

const MIB = 1024 * 1024;
/**
 * esbuild in WebAssembly needs address space that only a process with a JIT has: the kernel's cap must be wide, so the
 * resident size is watched instead.
 */
export const WORKSHOP_PLAN: CellPlan = { profile: 'fast', dataBytes: 4096 * MIB, rssBytes: 768 * MIB };
// Above this an idle workshop is replaced: WebAssembly memory never shrinks.
const RSS_RETIRE_BYTES = 400 * MIB;
const TICK_MS = 20;
/** A large honest template takes some 200 ms. */
const STEP_CPU_MS = 5000;
const STEP_WALL_MS = 15_000;

/** What the lane needs of the world. */
export interface WorkshopLaneDeps {
  readonly programs: Programs;
  readonly now: () => number;
  readonly onChange: (pids: readonly number[], killed: number) => void;
}

// esbuild's WebAssembly form can miss a wake-up (its `fs.read` keeps a spent callback) and then waits for ever. A step that
// works shows CPU time well within this, also on a starved machine.
const STALL_MS = 2000;

/** The workshop waits for nothing. Told to the caller, as a timeout, only when it happens twice. */
class Stalled extends CodedError {}

/** A step under way. */
interface Step {
  readonly task: WorkTask;
  readonly workshop: JailedChild;
  readonly fail: (error: CodedError) => void;
}

/** See the head of this file. */
export class WorkshopLane {
  readonly #deps: WorkshopLaneDeps;
  readonly #live = new Set<JailedChild>();
  #workshop: Promise<JailedChild> | undefined;
  #step: Step | undefined;
  #nextId = 1;
  #killed = 0;
  #closed = false;

  constructor(deps: WorkshopLaneDeps) {
    this.#deps = deps;
  }

  /** Does one step. @throws MAKING_TIMEOUT, MAKING_CRASHED, CELL_UNAVAILABLE, HOST_STOPPING */
  async work(task: WorkTask): Promise<WorkOutcome> {
    try {
      return await this.#attempt(task);
    } catch (error) {
      if (!(error instanceof Stalled)) throw error;
      // Nothing of the step is to blame: a new workshop does it.
      return this.#attempt(task);
    }
  }

  async #attempt(task: WorkTask): Promise<WorkOutcome> {
    const workshop = await this.#takeWorkshop();
    const id = this.#nextId++;
    const { promise, resolve, reject } = Promise.withResolvers<WorkOutcome>();
    workshop.onFrame((frame) => resolve(readWork(frame, id, task.op)));
    this.#step = { task, workshop, fail: reject };
    const watch = this.#watch(workshop, task, reject);
    try {
      workshop.send({ type: 'work', id, op: task.op }, task.request);
      return await promise;
    } finally {
      clearInterval(watch);
      this.#step = undefined;
      // Out of work, it has nothing to say.
      workshop.onFrame(() => workshop.kill());
      if (!workshop.isDead && (workshop.usage()?.rssBytes ?? 0) > RSS_RETIRE_BYTES) workshop.kill();
      if (workshop.isDead) this.#replace();
    }
  }

  /** Has a workshop ready before the first step needs one. */
  async warm(): Promise<void> {
    await this.#takeWorkshop();
  }

  /** Ends the step under way and every process, for good. */
  close(): void {
    this.#closed = true;
    this.#step?.fail(sandboxError('HOST_STOPPING', 'the host stopped before the step ended'));
    for (const workshop of this.#live) workshop.kill();
    this.#tell();
  }

  #watch(workshop: JailedChild, task: WorkTask, fail: (error: CodedError) => void): NodeJS.Timeout {
    const startedAt = this.#deps.now();
    const cpuBefore = workshop.usage()?.cpuMs ?? 0;
    let moved = { at: startedAt, cpuMs: 0 };
    const end = (error: CodedError): void => {
      if (workshop.isDead) return;
      this.#killed += 1;
      // First, so that the death that follows is not taken for a crash.
      fail(error);
      workshop.kill();
    };
    return setInterval(() => {
      const now = this.#deps.now();
      const used = workshop.usage() ?? { cpuMs: 0, rssBytes: 0 };
      const cpuMs = used.cpuMs - cpuBefore;
      const { rssBytes } = used;
      if (cpuMs > moved.cpuMs) moved = { at: now, cpuMs };
      if (cpuMs > STEP_CPU_MS || now - startedAt > STEP_WALL_MS) end(timeout(task, cpuMs));
      else if (now - moved.at > STALL_MS) end(new Stalled(timeout(task, cpuMs)));
      else if (rssBytes > workshop.plan.rssBytes) end(tooLarge(task, rssBytes));
    }, TICK_MS);
  }

  async #takeWorkshop(): Promise<JailedChild> {
    const starting = (this.#workshop ??= this.#start());
    try {
      const workshop = await starting;
      if (!workshop.isDead) return workshop;
    } catch (error) {
      // The next taker tries again.
      if (this.#workshop === starting) this.#workshop = undefined;
      throw error;
    }
    this.#replace();
    return this.#takeWorkshop();
  }

  /** Starts the next workshop, while nobody waits for it if possible. */
  #replace(): void {
    this.#workshop = this.#start();
    // Told to whoever takes it.
    this.#workshop.catch(() => {});
  }

  async #start(): Promise<JailedChild> {
    if (this.#closed) throw stopping();
    const workshop = spawnChild({ kind: 'workshop', ...WORKSHOP_PLAN, programs: this.#deps.programs });
    this.#live.add(workshop);
    this.#tell();
    void workshop.exited.then(() => {
      this.#live.delete(workshop);
      this.#tell();
      if (this.#step?.workshop === workshop) this.#step.fail(crashed(this.#step.task));
    });
    try {
      await untilReady(workshop);
      // In bubblewrap it is another process by now.
      this.#tell();
    } catch (error) {
      // Killed by `close`, not ill.
      throw this.#closed ? stopping() : error;
    }
    return workshop;
  }

  #tell(): void {
    this.#deps.onChange(
      [...this.#live].map((workshop) => workshop.pid),
      this.#killed,
    );
  }
}

function stopping(): CodedError {
  return sandboxError('HOST_STOPPING', 'the host is stopping; call another one');
}

function crashed(task: WorkTask): CodedError {
  const message = `the ${task.op} step brought down its compiler; make the template, source or schema smaller`;
  return sandboxError('MAKING_CRASHED', message, { step: task.op });
}

function timeout(task: WorkTask, cpuMs: number): CodedError {
  const message = `the ${task.op} step took more than its ${STEP_CPU_MS} ms of CPU or ${STEP_WALL_MS} ms in all`;
  return sandboxError('MAKING_TIMEOUT', message, { step: task.op, cpuMs });
}

function tooLarge(task: WorkTask, rssBytes: number): CodedError {
  const message = `the ${task.op} step used more than ${WORKSHOP_PLAN.rssBytes / MIB} MiB; make what it works on smaller`;
  return sandboxError('MAKING_CRASHED', message, { step: task.op, rssBytes });
}
