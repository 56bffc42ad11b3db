// Turns bursts of changes into single announcements: a making that publishes ten tools is one list_changed.

/** How long changes are gathered before clients are told, in milliseconds. */
export const GATHER_MS = 50;

/** An announcement that is made once per burst. */
export interface ChangeFeed extends Disposable {
  /** Something changed; listeners hear of it within {@link GATHER_MS}. */
  touch(): void;
}

/** Calls `announce` at most once per {@link GATHER_MS}, and always after the last change. */
export function createChangeFeed(announce: () => void): ChangeFeed {
  let timer: NodeJS.Timeout | undefined;
  let closed = false;
  return {
    touch() {
      // The first change starts the wait and later ones do not push it back: steady changes must not starve listeners.
      if (closed || timer !== undefined) return;
      timer = setTimeout(() => {
        timer = undefined;
        announce();
      }, GATHER_MS);
      timer.unref();
    },
    [Symbol.dispose]() {
      closed = true;
      clearTimeout(timer);
    },
  };
}
