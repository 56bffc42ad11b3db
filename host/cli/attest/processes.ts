// Who descends from a process, who of them still runs, and how much each holds: from /proc, so that nobody has to be
// asked. Without one, nobody is found.

import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { systemClock } from '#host/base';

/** Every process that a process has started, directly or through others. */
export function descendantsOf(pid: number): readonly number[] {
  const found = [pid];
  const stats = listProcesses().map((each) => ({ pid: each, parent: readStat(each)?.parent }));
  for (const ancestor of found) {
    found.push(...stats.filter(({ parent }) => parent === ancestor).map((each) => each.pid));
  }
  return found.slice(1);
}

/** Every process that a process descends from, the nearest first. */
export function ancestorsOf(pid: number): readonly number[] {
  const parent = readStat(pid)?.parent ?? 0;
  return parent === 0 ? [] : [parent, ...ancestorsOf(parent)];
}

/** Waits until none of the processes runs any more, or the time is over; returns those that still do. */
export async function runningAfter(pids: readonly number[], withinMs: number): Promise<readonly number[]> {
  const deadline = systemClock.elapsed() + withinMs;
  let running = pids.filter(isRunning);
  while (running.length > 0 && systemClock.elapsed() < deadline) {
    await delay(20);
    running = running.filter(isRunning);
  }
  return running;
}

/** What a process holds in memory, in bytes; 0 of one that does not run. */
export function residentBytesOf(pid: number): number {
  const kibibytes = /^VmRSS:\s+(\d+) kB$/m.exec(readProc(pid, 'status') ?? '')?.[1] ?? 0;
  return Number(kibibytes) * 1024;
}

/** One that has ended and waits for its parent to notice does not run. */
function isRunning(pid: number): boolean {
  const state = readStat(pid)?.state;
  return state !== undefined && !'ZX'.includes(state);
}

function listProcesses(): readonly number[] {
  if (process.platform !== 'linux') return [];
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number);
}

/** @see https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html the name may hold anything, so read on after its `)` */
function readStat(pid: number): { readonly state: string; readonly parent: number } | undefined {
  const stat = readProc(pid, 'stat');
  if (stat === undefined) return undefined;
  const [state = '', parent] = stat.replace(/^.*\) /s, '').split(' ');
  return { state, parent: Number(parent) };
}

function readProc(pid: number, file: string): string | undefined {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    return undefined;
  }
}
