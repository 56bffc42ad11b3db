// The tasks this process works on, and its claim on each: a lease in the store that it renews while it lives.
//
// Whoever reads a task whose lease has run out knows that nobody works on it any more.

import type { Clock } from '#host/base';
import type { TaskRepository } from '#host/store';

/** How long a process may be out of breath before its tasks are given up. */
const LEASE_MS = 5000;
const RENEWAL_MS = 1000;

/** A task this process works on. */
interface Held {
  readonly taskId: string;
  readonly controller: AbortController;
  /** Settles when the work ended. */
  readonly done: Promise<void>;
}

/** See the head of this file. */
export class Leases {
  readonly #tasks: TaskRepository;
  readonly #clock: Clock;
  readonly #owner: string;
  readonly #held = new Map<string, Held>();
  #timer: NodeJS.Timeout | undefined;

  constructor(tasks: TaskRepository, clock: Clock) {
    this.#tasks = tasks;
    this.#clock = clock;
    this.#owner = crypto.randomUUID();
  }

  /** This process, in the column of a row. */
  get owner(): string {
    return this.#owner;
  }

  /** Until when a lease taken now lasts. */
  next(): number {
    return this.#clock.now() + LEASE_MS;
  }

  holds(taskId: string): boolean {
    return this.#held.has(taskId);
  }

  /** Keeps the lease of a task while `work` goes on. */
  hold(taskId: string, work: (signal: AbortSignal) => Promise<void>): void {
    const controller = new AbortController();
    const { promise: done, resolve } = Promise.withResolvers<void>();
    const held = { taskId, controller, done };
    this.#held.set(taskId, held);
    this.#timer ??= setInterval(() => void this.#renew(), RENEWAL_MS).unref();
    void work(controller.signal).finally(() => {
      this.#release(held);
      resolve();
    });
  }

  /** Has the work on a task end before its time. */
  abort(taskId: string): void {
    this.#held.get(taskId)?.controller.abort();
  }

  abortAll(): void {
    for (const { controller } of this.#held.values()) controller.abort();
  }

  /** Resolves once this process works on no task. */
  async idle(): Promise<void> {
    while (this.#held.size > 0) await Promise.all([...this.#held.values()].map(({ done }) => done));
  }

  #release(held: Held): void {
    if (this.#held.get(held.taskId) === held) this.#held.delete(held.taskId);
    if (this.#held.size > 0) return;
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  async #renew(): Promise<void> {
    // Those held now: one that is taken while the store answers is not among its rows yet. And none besides: a write that
    // was told as failed may have made a task this owner's that nobody works on.
    const held = [...this.#held.values()];
    const taskIds = held.map(({ taskId }) => taskId);
    try {
      const working = new Set(await this.#tasks.renewLeases(this.#owner, taskIds, this.next()));
      for (const each of held) if (!working.has(each.taskId)) each.controller.abort();
    } catch {
      // The store is busy. There are some more renewals before the leases run out.
    }
  }
}
