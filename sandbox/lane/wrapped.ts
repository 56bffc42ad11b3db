// A child in bubblewrap, as its host sees it, is three processes: the outer one, which the host has started; the first one of
// the namespace; the program.

import type { ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { constants } from 'node:os';

/** How a process ended. */
export interface End {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

const POLL_MS = 5;
const PATIENCE_MS = 1000;
// What bubblewrap, as a shell does, adds to the number of the signal that ended its program.
const ENDED_BY_SIGNAL = 128;

/** The program, once it runs. */
export function programOf(outer: ChildProcess): number {
  return innermostOf(outer.pid ?? 0);
}

/**
 * Ends all three: the first of the namespace, with which the kernel ends the program, so that the outer one ends by itself.
 *
 * The outer one is not killed unless that takes too long. While it starts, the first one waits for its word without an end,
 * and would be left behind for ever (bubblewrap 0.8).
 */
export function endWrapped(outer: ChildProcess, waitedMs = 0): void {
  if (outer.exitCode !== null || outer.signalCode !== null) return;
  const first = childOf(outer.pid ?? 0);
  if (first !== undefined) killProcess(first);
  if (waitedMs >= PATIENCE_MS) outer.kill('SIGKILL');
  else setTimeout(() => endWrapped(outer, waitedMs + POLL_MS), POLL_MS);
}

/** How the program ended, from how the outer process did. */
export function unwrapEnd({ code, signal }: End): End {
  const number = (code ?? 0) - ENDED_BY_SIGNAL;
  const name = Object.entries(constants.signals).find(([, each]) => each === number)?.[0];
  return name === undefined ? { code, signal } : { code: null, signal: name as NodeJS.Signals };
}

function innermostOf(pid: number): number {
  const child = childOf(pid);
  return child === undefined ? pid : innermostOf(child);
}

/** Undefined where a process has none, or is no more. */
function childOf(pid: number): number | undefined {
  try {
    const child = Number.parseInt(readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8'), 10);
    return Number.isNaN(child) ? undefined : child;
  } catch {
    return undefined;
  }
}

function killProcess(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended in the meantime.
  }
}
