// What the kernel says of a process, read from outside: a guest can lie about itself, not about this.

import { closeSync, openSync, readFileSync, readSync } from 'node:fs';

// USER_HZ: fixed at 100 in the kernel's interface to user space on every architecture Node runs on.
/** How finely the kernel counts CPU time, in milliseconds. */
export const CPU_TICK_MS = 10;

/** The CPU clock of one process. Holds its file open: a reading takes some 5 µs, and is never another process's. */
export class CpuClock implements Disposable {
  readonly #buffer = Buffer.alloc(1024);
  #fd: number | undefined;

  constructor(pid: number) {
    try {
      this.#fd = openSync(`/proc/${pid}/stat`, 'r');
    } catch {
      // No such file system here, or the process has gone: see `read`.
    }
  }

  /** CPU time of the process and its threads, user and system, in milliseconds; undefined where the kernel does not tell. */
  read(): number | undefined {
    if (this.#fd === undefined) return undefined;
    try {
      return parseCpuMs(this.#buffer.toString('latin1', 0, readSync(this.#fd, this.#buffer, 0, 1024, 0)));
    } catch {
      return undefined;
    }
  }

  [Symbol.dispose](): void {
    if (this.#fd !== undefined) closeSync(this.#fd);
    this.#fd = undefined;
  }
}

function parseCpuMs(stat: string): number {
  // The second field is a name in parentheses and may itself hold spaces and parentheses.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) * CPU_TICK_MS;
}

/** Resident size of a process in bytes; 0 where the kernel does not tell. */
export function readRssBytes(pid: number): number {
  try {
    return Number(/^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) * 1024;
  } catch {
    return 0;
  }
}
