// What ends a run from outside, and which of it came first.
//
// What a run may produce is counted where it is produced: its heap by V8, its output, log and host calls by the prelude,
// and once more by the lane when it reads what the cell says.
// SECURITY: these are read from the kernel and the lane's own clock. test/integration/jail/watchdogs.test.ts holds each.

import type { Failure } from '../errors.ts';
import type { LaneRun } from './lane-run.ts';
import { limitFailure, stalled, tooResident } from './run-failures.ts';

/** What the lane sees of a run that executes. */
export interface Seen {
  /** Lane clock. */
  readonly now: number;
  /** Resident size of its cell, and what that may be. */
  readonly rssBytes: number;
  readonly maxRssBytes: number;
}

// A run that executes burns CPU, on a starved machine within fractions of this.
const SILENCE_MS = 2000;

interface Watchdog {
  /** How long ago the run passed it, in milliseconds; negative while it has not. */
  readonly passedMs: (run: LaneRun, seen: Seen) => number;
  readonly failure: (run: LaneRun, seen: Seen) => Failure;
}

const WATCHDOGS: readonly Watchdog[] = [
  {
    // Memory runs out in fewer milliseconds than lie between two looks.
    passedMs: (_run, { rssBytes, maxRssBytes }) => (rssBytes > maxRssBytes ? Infinity : -Infinity),
    failure: (run, { rssBytes, maxRssBytes }) => tooResident(run, rssBytes, maxRssBytes),
  },
  {
    // At least: threads of V8's own count, too, and a starved run takes longer.
    passedMs: (run) => run.cpuMs - run.task.limits.cpuMs,
    failure: (run) => limitFailure('LIMIT_CPU', run),
  },
  {
    passedMs: (run, { now }) => now - run.deadline,
    failure: (run) => limitFailure('LIMIT_WALL', run),
  },
  {
    passedMs: (run, { now }) => run.silentMs(now) - SILENCE_MS,
    failure: (run) => stalled(run, SILENCE_MS),
  },
];

/** The failure of the watchdog that an executing run passed first; undefined while it has passed none. */
export function findPassed(run: LaneRun, seen: Seen): Failure | undefined {
  const passed = WATCHDOGS.map((dog) => ({ dog, ms: dog.passedMs(run, seen) })).filter(({ ms }) => ms > 0);
  const [first] = passed.toSorted((a, b) => b.ms - a.ms);
  return first?.dog.failure(run, seen);
}
