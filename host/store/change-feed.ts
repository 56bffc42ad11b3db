// Tells watchers what any process committed. Looks when something may have changed, and tells each what is new to it.

import type { RevisionRow } from './tables.ts';
import type { ChangeListener } from './types.ts';

/** Where the feed learns of changes. */
export interface ChangeSource {
  readonly revisions: () => Promise<readonly RevisionRow[]>;
  /** Calls `look` whenever any process may have committed a change, until disposed. */
  readonly follow: (look: () => void) => Disposable;
}

/** After a look that failed. */
const PAUSE_MS = 100;

/** Follows its source while somebody watches. */
export class ChangeFeed implements Disposable {
  readonly #source: ChangeSource;
  /** Each watcher with the revisions it has been told of, by tenant and topic. */
  readonly #watchers = new Map<ChangeListener, Map<string, number>>();
  #following: Disposable | undefined;
  #looking = false;
  #lookAgain = false;

  constructor(source: ChangeSource) {
    this.#source = source;
  }

  watch(listener: ChangeListener): Disposable {
    this.#watchers.set(listener, new Map());
    this.#following ??= this.#source.follow(() => void this.#look());
    void this.#look();
    return { [Symbol.dispose]: () => this.#unwatch(listener) };
  }

  [Symbol.dispose](): void {
    this.#following?.[Symbol.dispose]();
    this.#following = undefined;
    this.#watchers.clear();
  }

  #unwatch(listener: ChangeListener): void {
    this.#watchers.delete(listener);
    if (this.#watchers.size === 0) this[Symbol.dispose]();
  }

  async #look(): Promise<void> {
    // What is committed while a look is under way may have come too late for it.
    this.#lookAgain = true;
    if (this.#looking) return;
    this.#looking = true;
    try {
      while (this.#lookAgain && this.#watchers.size > 0) {
        this.#lookAgain = false;
        for (const change of await this.#source.revisions()) await this.#tell(change);
      }
    } catch {
      // The database or a watcher failed for now, and nobody waits for a look.
      setTimeout(() => void this.#look(), PAUSE_MS).unref();
    } finally {
      this.#looking = false;
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
