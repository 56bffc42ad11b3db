// How long one request waits for the database, all its waits together.

import { setTimeout as sleep } from 'node:timers/promises';

import type { Clock } from '#host/base';
import { Passing } from './store-errors.ts';

const FIRST_PAUSE_MS = 2;
// Short, so that a freed lock is taken soon even after a long wait.
const LONGEST_PAUSE_MS = 40;

/** One request's patience; starts when it is created. */
export class Patience {
  readonly #clock: Clock;
  readonly #busyMs: number;
  readonly #startedAt: number;

  constructor(clock: Clock, busyMs: number) {
    this.#clock = clock;
    this.#busyMs = busyMs;
    this.#startedAt = clock.elapsed();
  }

  /** Milliseconds since the request began. */
  get waitedMs(): number {
    return this.#clock.elapsed() - this.#startedAt;
  }

  /** Milliseconds it may still wait; 0 when it has run out. */
  get leftMs(): number {
    return Math.max(0, this.#busyMs - this.waitedMs);
  }

  /**
   * The attempt's result, repeated while it fails with {@link Passing}.
   *
   * @throws what the last {@link Passing} comes to when patience runs out; anything else at once
   */
  async retry<Result>(attempt: () => Result | Promise<Result>): Promise<Result> {
    for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS)) {
      try {
        return await attempt();
      } catch (error) {
        if (!(error instanceof Passing)) throw error;
        if (this.leftMs === 0) throw error.giveUp(this.waitedMs);
      }
      // Jitter: two processes that collided once must not collide at every attempt.
      await sleep(Math.min(this.leftMs, pauseMs * (0.5 + Math.random() / 2)));
    }
  }
}
