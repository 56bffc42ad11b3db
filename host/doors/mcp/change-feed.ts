// Turns bursts of changes into single announcements: a making that publishes ten tools is one list_changed.

/** How long changes are gathered before clients are told, in milliseconds. */
export const GATHER_MS = 50;

/** Different things one burst may tell of; more than that are told at once, so that a flood holds no memory. */
const MAX_GATHERED = 1000;

/** Announcements that are made once per burst and thing. */
export interface ChangeFeed<Thing> extends Disposable {
  /** It changed; listeners hear of it within {@link GATHER_MS}. */
  touch(thing: Thing): void;
}

/** Calls `announce` for each thing at most once per {@link GATHER_MS}, and always after its last change. */
export function createChangeFeed<Thing>(announce: (thing: Thing) => void): ChangeFeed<Thing> {
  const gathered = new Set<Thing>();
  let timer: NodeJS.Timeout | undefined;
  let closed = false;
  const flush = (): void => {
    clearTimeout(timer);
    timer = undefined;
    const things = [...gathered];
    gathered.clear();
    for (const thing of things) announce(thing);
  };
  return {
    touch(thing) {
      if (closed) return;
      gathered.add(thing);
      if (gathered.size >= MAX_GATHERED) flush();
      // The first change starts the wait and later ones do not push it back: steady changes must not starve listeners.
      else timer ??= setTimeout(flush, GATHER_MS).unref();
    },
    [Symbol.dispose]() {
      closed = true;
      clearTimeout(timer);
    },
  };
}
