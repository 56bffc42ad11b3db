// What the command may touch of the process it runs in. `process` fits; so does what a test makes up.

import type { Readable, Writable } from 'node:stream';

/** Signals that ask a program to end. */
export type StopSignal = 'SIGINT' | 'SIGTERM' | 'SIGHUP';

/** A stream that is written to, perhaps a terminal. */
export type OutputStream = Writable & {
  readonly isTTY?: boolean;
  /** Width of the terminal, in characters. */
  readonly columns?: number;
};

/** The process, as far as the command uses it. */
export interface Surroundings {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly stdin: Readable;
  readonly stdout: OutputStream;
  readonly stderr: OutputStream;
  cwd(): string;
  on(signal: StopSignal, listener: () => void): unknown;
  off(signal: StopSignal, listener: () => void): unknown;
  exit(code: number): unknown;
}
