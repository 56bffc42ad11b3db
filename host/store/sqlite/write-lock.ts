// One writer at a time within this process: statements of two transactions on one connection must not interleave.

import type { Patience } from '../patience.ts';
import { storeBusy, storeClosed } from '../store-errors.ts';

interface Waiter {
  readonly enter: () => void;
  readonly leave: (error: Error) => void;
}

/** A first-come, first-served lock whose waiters lose patience. */
export class WriteLock {
  #held = false;
  #closed = false;
  readonly #waiters = new Set<Waiter>();

  /** @throws STORE_BUSY when the patience runs out first; STORE_FAILED after {@link close} */
  async acquire(patience: Patience): Promise<void> {
    if (this.#closed) throw storeClosed();
    if (!this.#held) {
      this.#held = true;
      return;
    }
    await this.#wait(patience);
  }

  release(): void {
    const [next] = this.#waiters;
    if (next === undefined) {
      this.#held = false;
      return;
    }
    this.#waiters.delete(next);
    next.enter();
  }

  /** Lets nobody else in and resolves once those inside and waiting are through. */
  async close(): Promise<void> {
    this.#closed = true;
    if (!this.#held) return;
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    this.#waiters.add({ enter: resolve, leave: reject });
    await promise;
    this.release();
  }

  #wait(patience: Patience): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const waiter: Waiter = { enter: resolve, leave: reject };
    this.#waiters.add(waiter);
    const timer = setTimeout(() => {
      if (this.#waiters.delete(waiter)) waiter.leave(storeBusy(patience.waitedMs));
    }, patience.leftMs);
    return promise.finally(() => clearTimeout(timer));
  }
}
