// Time as an argument: only this adapter reads the machine's clock.

/** Where the host's code gets its time from. */
export interface Clock {
  /** Epoch milliseconds, for what is recorded. */
  now(): number;
  /** Monotonic milliseconds, for what is measured. */
  elapsed(): number;
}

/** The machine's clock. */
export const systemClock: Clock = {
  now: () => Date.now(),
  elapsed: () => performance.now(),
};
