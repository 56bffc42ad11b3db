// The calls a transport is answering: bounded from outside by their count, drained when the host stops.

import { setImmediate as nextTurn, setTimeout as delay } from 'node:timers/promises';

/** How long an aborted call may take to let go, in milliseconds; the jail kills its cell well before. */
const LET_GO_MS = 2000;

/** Calls that run now. */
export class CallsInFlight {
  readonly #running = new Map<AbortController, Promise<unknown>>();
  #draining = false;

  get size(): number {
    return this.#running.size;
  }

  /** Whether the host is stopping. */
  get isDraining(): boolean {
    return this.#draining;
  }

  /** Runs `work` with a signal that fires when any of `signals` does, or when the drain's deadline passes. */
  async run<T>(signals: readonly (AbortSignal | undefined)[], work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const controller = new AbortController();
    const given = signals.filter((signal) => signal !== undefined);
    const running = work(AbortSignal.any([controller.signal, ...given]));
    this.#running.set(controller, running);
    try {
      return await running;
    } finally {
      this.#running.delete(controller);
    }
  }

  /** Waits until every call has settled and was answered; those still running after `deadlineMs` are aborted. */
  async drain(deadlineMs: number): Promise<void> {
    this.#draining = true;
    await this.#settled(deadlineMs);
    for (const controller of this.#running.keys()) controller.abort();
    await this.#settled(LET_GO_MS);
    // What they returned is still on its way to the transport, from promise to promise.
    await nextTurn();
  }

  async #settled(withinMs: number): Promise<void> {
    const wake = new AbortController();
    const all = Promise.allSettled(this.#running.values()).then(() => wake.abort());
    await Promise.race([all, delay(withinMs, undefined, { signal: wake.signal }).catch(() => undefined)]);
    wake.abort();
  }
}
