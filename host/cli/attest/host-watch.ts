// Watches the host's own process while it is attacked: that it stays what it is, and never stands still for long.

import { monitorEventLoopDelay } from 'node:perf_hooks';

/** Longest the host's main loop may stand still, on a machine that does other things as well. */
const STALL_MS = 1000;

/** A watch under way. */
export interface HostWatch extends Disposable {
  /** Ends the watch; what is wrong, if anything. */
  end(): string | undefined;
}

/** Begins to watch. */
export function watchHost(): HostWatch {
  const stall = monitorEventLoopDelay({ resolution: 5 });
  const before = fingerprint();
  stall.enable();
  return {
    end() {
      stall.disable();
      const stallMs = Math.round(stall.max / 1e6);
      if (stallMs >= STALL_MS) return `the host stood still for ${stallMs} ms`;
      return fingerprint() === before ? undefined : 'what every object of the host inherits has changed';
    },
    [Symbol.dispose]: () => void stall.disable(),
  };
}

/** What a guest that reached the host's realm would change first. */
const SHARED = [globalThis, Object.prototype, Array.prototype, Function.prototype, Promise.prototype, JSON];

function fingerprint(): string {
  return JSON.stringify([process.pid, ...SHARED.map((each) => Reflect.ownKeys(each).map(String))]);
}
