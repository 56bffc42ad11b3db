// What the kernel says of a process, read from outside: a guest can lie about itself, not about this.

import { readFileSync } from 'node:fs';

// USER_HZ: fixed at 100 in the kernel's interface to user space on every architecture Node runs on.
const TICK_MS = 10;

/** CPU time of a process and its threads, user and system, in milliseconds; 0 where the kernel does not tell. */
export function readCpuMs(pid: number): number {
  const stat = readProc(pid, 'stat');
  // The second field is a name in parentheses and may itself hold spaces and parentheses.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11] ?? 0) + Number(fields[12] ?? 0)) * TICK_MS;
}

/** Resident size of a process in bytes; 0 where the kernel does not tell. */
export function readRssBytes(pid: number): number {
  return Number(/^VmRSS:\s+(\d+) kB/m.exec(readProc(pid, 'status'))?.[1] ?? 0) * 1024;
}

function readProc(pid: number, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    return '';
  }
}
