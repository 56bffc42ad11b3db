// Ctrl-C and its kin: the first asks the command to stop and clean up, a second one ends it at once.

import type { Clock } from '#host/base';
import type { StopSignal, Surroundings } from './surroundings.ts';

/** Signals closer together than this are one wish: a terminal, npx and the outer process each deliver theirs. */
const SAME_WISH_MS = 400;

const EXIT_CODES: Readonly<Record<StopSignal, number>> = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 };

/** Whether somebody asked the command to stop. */
export interface Stop extends Disposable {
  readonly signal: AbortSignal;
}

/** Listens for signals until it is disposed. */
export function listenForStop(surroundings: Surroundings, clock: Clock): Stop {
  const controller = new AbortController();
  let first: number | undefined;
  const listeners = (Object.keys(EXIT_CODES) as StopSignal[]).map((name) => {
    const listener = (): void => {
      const now = clock.elapsed();
      if (first === undefined) {
        first = now;
        controller.abort();
      } else if (now - first > SAME_WISH_MS) surroundings.exit(EXIT_CODES[name]);
    };
    surroundings.on(name, listener);
    return [name, listener] as const;
  });
  return {
    signal: controller.signal,
    [Symbol.dispose]() {
      // Late copies of the wish may be on their way; with nobody listening they would kill a process that ends well.
      if (controller.signal.aborted) return;
      for (const [name, listener] of listeners) surroundings.off(name, listener);
    },
  };
}
