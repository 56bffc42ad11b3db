// Who descends from a process, and who of them still runs: from /proc, so that nobody has to be asked. Without one,
// nobody is found.

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
  try {
    const [state = '', parent] = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ');
    return { state, parent: Number(parent) };
  } catch {
    return undefined;
  }
}
