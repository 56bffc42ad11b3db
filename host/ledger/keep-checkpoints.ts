// Checkpoints in time: after so many records, after so many seconds, and when the process ends.

import type { Clock } from '#host/base';
import type { Store } from '#host/store';
import { makeCheckpoint, type CheckpointMaking } from './make-checkpoint.ts';

const RECORDS_BETWEEN = 1000;
const LONGEST_WAIT_MS = 10_000;

/** What checkpoints are kept of. */
export interface CheckpointOptions {
  readonly store: Pick<Store, 'transaction' | 'keys' | 'ledger' | 'watchAppends' | 'retireChains'>;
  readonly clock: Clock;
  /** Most records of this process before it makes one. @default 1000 */
  readonly records?: number;
  /** Longest a record of this process waits for one, in milliseconds. @default 10000 */
  readonly waitMs?: number;
}

/** Makes checkpoints until it is disposed, and then a last one. A process that records nothing makes none. */
export function keepCheckpoints(options: CheckpointOptions): AsyncDisposable {
  return new CheckpointKeeper(options);
}

class CheckpointKeeper implements AsyncDisposable {
  readonly #options: CheckpointOptions;
  readonly #watching: Disposable;
  #uncovered = 0;
  #timer: NodeJS.Timeout | undefined;
  #making: Promise<void> | undefined;
  /** Once for each process that lasts: one that ends at once need not look through everything. */
  #isThorough = false;

  constructor(options: CheckpointOptions) {
    this.#options = options;
    this.#watching = options.store.watchAppends((records) => this.#count(records));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#watching[Symbol.dispose]();
    clearTimeout(this.#timer);
    await this.#making;
    if (this.#uncovered > 0) await this.#make();
    try {
      await this.#options.store.retireChains();
    } catch {
      // They stay on the list of those that may have more to cover, which costs whoever looks through it a look.
    }
  }

  #count(records: number): void {
    const { records: most = RECORDS_BETWEEN, waitMs = LONGEST_WAIT_MS } = this.#options;
    this.#uncovered += records;
    if (this.#uncovered >= most) this.#makeSoon();
    else this.#timer ??= setTimeout(() => this.#makeSoon(), waitMs).unref();
  }

  #makeSoon(): void {
    this.#making ??= this.#make({ thorough: !this.#isThorough }).finally(() => {
      this.#making = undefined;
    });
  }

  async #make(making: CheckpointMaking = {}): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const uncovered = this.#uncovered;
    this.#uncovered = 0;
    try {
      await makeCheckpoint(this.#options.store, this.#options.clock, making);
      this.#isThorough ||= making.thorough === true;
    } catch {
      // The store is busy or full: no call fails of that. The next record asks for one again, and it covers these too.
      this.#uncovered += uncovered;
    }
  }
}
