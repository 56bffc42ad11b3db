// What the kernel says of a process, read from outside: a guest can lie about itself, not about this.

import { closeSync, openSync, readFileSync, readSync } from 'node:fs';

// USER_HZ: fixed at 100 in the kernel's interface to user space on every architecture Node runs on.
/** How finely the kernel counts CPU time, in milliseconds. */
export const CPU_TICK_MS = 10;

/** What a process uses. */
export interface ProcessUsage {
  /** CPU time of the process and its threads, user and system, in milliseconds. */
  readonly cpuMs: number;
  /** What it has resident. */
  readonly rssBytes: number;
}

/** What one process uses. Holds its file open: a reading takes some 5 µs, and is never another process's. */
export class ProcessGauge implements Disposable {
  readonly #buffer = Buffer.alloc(1024);
  #fd: number | undefined;

  constructor(pid: number) {
    try {
      this.#fd = openSync(`/proc/${pid}/stat`, 'r');
    } catch {
      // No such file system here, or the process has gone: see `read`.
    }
  }

  /** Undefined where the kernel does not tell. */
  read(): ProcessUsage | undefined {
    if (this.#fd === undefined) return undefined;
    try {
      return parseUsage(this.#buffer.toString('latin1', 0, readSync(this.#fd, this.#buffer, 0, 1024, 0)));
    } catch {
      return undefined;
    }
  }

  [Symbol.dispose](): void {
    if (this.#fd !== undefined) closeSync(this.#fd);
    this.#fd = undefined;
  }
}

function parseUsage(stat: string): ProcessUsage {
  // The second field is a name in parentheses and may itself hold spaces and parentheses.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return {
    cpuMs: (Number(fields[11]) + Number(fields[12])) * CPU_TICK_MS,
    rssBytes: Number(fields[21]) * pageBytes(),
  };
}

let pageSize: number | undefined;

/** The kernel counts in pages, and arm64 has them in three sizes: it tells each process which. */
function pageBytes(): number {
  pageSize ??= readPageSize();
  return pageSize;
}

const AT_PAGESZ = 6n;

function readPageSize(): number {
  const auxv = readFileSync('/proc/self/auxv');
  for (let at = 0; at + 16 <= auxv.length; at += 16) {
    if (auxv.readBigUInt64LE(at) === AT_PAGESZ) return Number(auxv.readBigUInt64LE(at + 8));
  }
  return 4096;
}
