// Whether a cell still listens: asked over the wire, answered by its main thread between two orders, in turn. So an answer
// also tells that the cell is done with all it was told before.
//
// SECURITY: a cell that no run executes in has nothing to do but answer. What it burns besides is on nobody's bill, and it
// is replaced; test/integration/jail/watchdogs.test.ts holds it.

import { sandboxError } from '../errors.ts';
import type { JailedChild } from './child.ts';

/** How often a cell that executes nothing is asked. */
export const BEAT_MS = 1000;
const MAX_UNANSWERED = 2;
// Collecting garbage and making a context take a tenth of it.
const IDLE_CPU_MS = 200;

/** What a lane has asked its cell. */
export class Heartbeat {
  readonly #cell: JailedChild;
  #unanswered = 0;
  /** The cell's CPU time at the last beat; undefined when it has executed something since. */
  #idleCpuMs: number | undefined;

  constructor(cell: JailedChild) {
    this.#cell = cell;
  }

  /** Whether an answer is due. */
  get isAwaited(): boolean {
    return this.#unanswered > 0;
  }

  ask(): void {
    this.#unanswered += 1;
    this.#cell.send({ type: 'ping' });
  }

  /** Hears an answer. @throws CELL_PROTOCOL when nothing was asked */
  hear(): void {
    if (!this.isAwaited) throw sandboxError('CELL_PROTOCOL', 'a cell answers what it was not asked');
    this.#unanswered -= 1;
  }

  /** The cell is told to execute something. */
  noteWork(): void {
    this.#idleCpuMs = undefined;
  }

  /** Asks a cell that executes nothing; false when it has not answered before, or burns CPU all the same. */
  beat(): boolean {
    const cpuMs = this.#cell.usage()?.cpuMs ?? 0;
    const burnedMs = cpuMs - (this.#idleCpuMs ?? cpuMs);
    this.#idleCpuMs = cpuMs;
    if (this.#unanswered >= MAX_UNANSWERED || burnedMs > IDLE_CPU_MS) return false;
    this.ask();
    return true;
  }
}

/** Whether a child without work answers in time; one that says anything else is killed. */
export async function isListening(child: JailedChild, withinMs: number): Promise<boolean> {
  if (child.isDead) return false;
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const late = setTimeout(() => resolve(false), withinMs);
  child.onFrame(({ header }) => (header.type === 'pong' ? resolve(true) : child.kill()));
  void child.exited.then(() => resolve(false));
  child.send({ type: 'ping' });
  const answered = await promise;
  clearTimeout(late);
  child.onFrame(() => child.kill());
  return answered;
}
