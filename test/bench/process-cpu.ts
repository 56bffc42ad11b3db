// What a server and everything it started used of the processor, by the kernel's books: the one figure of a call that a
// busy client on the same machine does not blur.

import { readdirSync, readFileSync } from 'node:fs';

/** CPU time in milliseconds. */
export interface ProcessCpu {
  readonly mainThread: number;
  readonly otherThreads: number;
  /** Every descendant, those that ended included. */
  readonly children: number;
}

/** Linux has counted 100 ticks a second for user space ever since. */
const TICK_MS = 10;

/** What a process tree has used so far. */
export function readProcessCpu(pid: number): ProcessCpu {
  const whole = readTimes(`/proc/${pid}/stat`);
  const mainThread = readTimes(`/proc/${pid}/task/${pid}/stat`).own;
  const children = childrenOf(pid).map(treeOf);
  return { mainThread, otherThreads: whole.own - mainThread, children: whole.reaped + sum(children) };
}

/** What it used between two readings, for each of so many requests. */
export function cpuPerRequest(before: ProcessCpu, after: ProcessCpu, requests: number): ProcessCpu {
  return {
    mainThread: (after.mainThread - before.mainThread) / requests,
    otherThreads: (after.otherThreads - before.otherThreads) / requests,
    children: (after.children - before.children) / requests,
  };
}

/** All of it. */
export function totalCpu({ mainThread, otherThreads, children }: ProcessCpu): number {
  return mainThread + otherThreads + children;
}

function treeOf(pid: number): number {
  try {
    const { own, reaped } = readTimes(`/proc/${pid}/stat`);
    return own + reaped + sum(childrenOf(pid).map(treeOf));
  } catch {
    // Ended since it was listed: its parent's books have it.
    return 0;
  }
}

function childrenOf(pid: number): readonly number[] {
  const tasks = readdirSync(`/proc/${pid}/task`);
  const texts = tasks.map((task) => readFileSync(`/proc/${pid}/task/${task}/children`, 'utf8'));
  return texts.flatMap((text) => text.split(' ').filter((id) => id !== '')).map(Number);
}

/** @see https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html: fields 14 to 17 */
function readTimes(path: string): { readonly own: number; readonly reaped: number } {
  const stat = readFileSync(path, 'utf8');
  // The second field is a name in parentheses, which may hold anything.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const [user = 0, system = 0, userReaped = 0, systemReaped = 0] = fields.slice(11, 15).map(Number);
  return { own: (user + system) * TICK_MS, reaped: (userReaped + systemReaped) * TICK_MS };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
