// Tells watchers what other processes committed. Asks cheaply whether anything was, and only then what.

import type { RevisionRow } from './tables.ts';
import type { ChangeListener } from './types.ts';

/** What the feed asks the database. */
export interface ChangeFeedOptions {
  /** A number that differs from the last one when any connection has committed since. */
  readonly commitStamp: () => Promise<number>;
  readonly revisions: () => Promise<readonly RevisionRow[]>;
  /** Time between two polls, in milliseconds. */
  readonly pollMs: number;
}

/** Polls while somebody watches. Never keeps a process alive. */
export class ChangeFeed implements Disposable {
  readonly #options: ChangeFeedOptions;
  /** Each watcher with the revisions it has been told of, by tenant and topic. */
  readonly #watchers = new Map<ChangeListener, Map<string, number>>();
  #timer: NodeJS.Timeout | undefined;
  #polling = false;
  #seen: number | undefined;

  constructor(options: ChangeFeedOptions) {
    this.#options = options;
  }

  watch(listener: ChangeListener): Disposable {
    this.#watchers.set(listener, new Map());
    this.#seen = undefined;
    this.#timer ??= setInterval(() => void this.#poll(), this.#options.pollMs).unref();
    return { [Symbol.dispose]: () => this.#unwatch(listener) };
  }

  [Symbol.dispose](): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
    this.#watchers.clear();
  }

  #unwatch(listener: ChangeListener): void {
    this.#watchers.delete(listener);
    if (this.#watchers.size === 0) this[Symbol.dispose]();
  }

  async #poll(): Promise<void> {
    if (this.#polling) return;
    this.#polling = true;
    try {
      // The stamp first: what is committed between the two questions is then asked for again.
      const stamp = await this.#options.commitStamp();
      if (stamp === this.#seen) return;
      this.#seen = stamp;
      for (const change of await this.#options.revisions()) await this.#tell(change);
    } catch {
      // The database or a watcher failed for now. Nobody waits for a poll; the next one asks again.
      this.#seen = undefined;
    } finally {
      this.#polling = false;
    }
  }

  async #tell(change: RevisionRow): Promise<void> {
    const key = `${change.topic} ${change.tenant}`;
    for (const [listener, told] of this.#watchers) {
      if (told.get(key) === change.revision) continue;
      await listener(change);
      told.set(key, change.revision);
    }
  }
}
