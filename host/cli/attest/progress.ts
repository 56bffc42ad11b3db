// How far an attestation is: one line on a terminal, written over as it goes.

import type { OutputStream } from '../surroundings.ts';

/** The line. Disposing it leaves the terminal as it was. */
export interface Progress extends Disposable {
  /** One more is done. */
  advance(label: string): void;
}

const WIDTH = 24;
/** To the line's begin, and everything after it gone. */
const CLEAR = '\r\u001b[K';

/** Begins a line for `total` steps; where nobody watches, nothing is written. */
export function beginProgress(stream: OutputStream, live: boolean, total: number): Progress {
  if (!live) return { advance: () => {}, [Symbol.dispose]: () => {} };
  let done = 0;
  return {
    advance(label) {
      done += 1;
      const filled = Math.round((done / total) * WIDTH);
      const bar = '█'.repeat(filled) + '░'.repeat(WIDTH - filled);
      const line = `${bar} ${done}/${total} ${label}`;
      stream.write(CLEAR + line.slice(0, (stream.columns ?? Number.POSITIVE_INFINITY) - 1));
    },
    [Symbol.dispose]: () => void stream.write(CLEAR),
  };
}
