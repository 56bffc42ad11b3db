// The lane of a workshop: one making step at a time, under a deadline, a CPU limit and a memory limit read from outside.
//
// SECURITY: a template, a schema or a source may be built to hang or to swell its compiler. The process that met it ends;
// the step fails with a code; the next step gets a new process. test/escape holds it.

import { sandboxError, type CodedError } from '../errors.ts';
import type { Programs } from '../programs.ts';
import type { WorkDone } from '../workshop-messages.ts';
import type { Frame } from '../wire.ts';
import { startChild, type JailedChild } from './child.ts';
import type { WorkTask } from './messages.ts';
import { readRssBytes } from './proc.ts';

const MIB = 1024 * 1024;
// esbuild in WebAssembly needs address space that only a JIT process has: the kernel's cap must be wide, so the
// resident size is watched instead.
const DATA_BYTES = 4096 * MIB;
const RSS_LIMIT_BYTES = 768 * MIB;
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

/** What a step came to, as text: parsed once, where it is used. */
export type WorkOutcome = { readonly ok: boolean; readonly text: string };

/** See the head of this file. */
export class WorkshopLane {
  readonly #deps: WorkshopLaneDeps;
  #workshop: Promise<JailedChild> | undefined;
  #nextId = 1;
  #killed = 0;

  constructor(deps: WorkshopLaneDeps) {
    this.#deps = deps;
  }

  /** Does one step. @throws MAKING_TIMEOUT, MAKING_CRASHED, CELL_UNAVAILABLE */
  async work(task: WorkTask): Promise<WorkOutcome> {
    const workshop = await this.#takeWorkshop();
    const id = this.#nextId++;
    const { promise, resolve, reject } = Promise.withResolvers<WorkOutcome>();
    workshop.onFrame((frame) => {
      const outcome = readDone(frame, id);
      if (outcome !== undefined) resolve(outcome);
    });
    const exit = workshop.exited.then(() => {
      const message = `the ${task.op} step brought down its compiler; make the template, source or schema smaller`;
      reject(sandboxError('MAKING_CRASHED', message, { step: task.op }));
    });
    workshop.send({ type: 'work', id, op: task.op }, task.request);
    const watch = this.#watch(workshop, task, reject);
    try {
      return await promise;
    } finally {
      clearInterval(watch);
      void exit;
      if (!workshop.isDead && readRssBytes(workshop.pid) > RSS_RETIRE_BYTES) workshop.kill();
      if (workshop.isDead) this.#replace();
    }
  }

  /** Has a workshop ready before the first step needs one. */
  async warm(): Promise<void> {
    await this.#takeWorkshop();
  }

  #watch(workshop: JailedChild, task: WorkTask, reject: (error: CodedError) => void): NodeJS.Timeout {
    const startedAt = this.#deps.now();
    const cpuBefore = workshop.cpuMs();
    const end = (error: CodedError): void => {
      this.#killed += 1;
      // First, so that the death that follows is not taken for a crash.
      reject(error);
      workshop.kill();
    };
    return setInterval(() => {
      const cpuMs = workshop.cpuMs() - cpuBefore;
      const rssBytes = readRssBytes(workshop.pid);
      if (cpuMs > STEP_CPU_MS || this.#deps.now() - startedAt > STEP_WALL_MS) end(timeout(task, cpuMs));
      else if (rssBytes > RSS_LIMIT_BYTES) end(tooLarge(task, rssBytes));
    }, TICK_MS);
  }

  async #takeWorkshop(): Promise<JailedChild> {
    this.#workshop ??= this.#start();
    const workshop = await this.#workshop;
    if (!workshop.isDead) return workshop;
    this.#workshop = this.#start();
    return this.#workshop;
  }

  /** Starts the next workshop while nobody waits for it. */
  #replace(): void {
    this.#workshop = this.#start();
  }

  #start(): Promise<JailedChild> {
    const started = startChild({ kind: 'workshop', dataBytes: DATA_BYTES, programs: this.#deps.programs });
    started.then(
      (workshop) => {
        this.#deps.onChange([workshop.pid], this.#killed);
        void workshop.exited.then(() => this.#deps.onChange([], this.#killed));
      },
      // Told to whoever takes it; the next taker tries again.
      () => {
        this.#workshop = undefined;
      },
    );
    return started;
  }
}

function readDone({ header, body }: Frame, id: number): WorkOutcome | undefined {
  const done = header as unknown as WorkDone;
  if (done.type !== 'done' || done.id !== id) return undefined;
  return { ok: done.ok === true, text: body.toString() };
}

function timeout(task: WorkTask, cpuMs: number): CodedError {
  const message = `the ${task.op} step took more than its ${STEP_CPU_MS} ms of CPU or ${STEP_WALL_MS} ms in all`;
  return sandboxError('MAKING_TIMEOUT', message, { step: task.op, cpuMs });
}

function tooLarge(task: WorkTask, rssBytes: number): CodedError {
  const message = `the ${task.op} step used more than ${RSS_LIMIT_BYTES / MIB} MiB; make what it works on smaller`;
  return sandboxError('MAKING_CRASHED', message, { step: task.op, rssBytes });
}
