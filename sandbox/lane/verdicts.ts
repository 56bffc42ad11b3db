// What follows from the end of a turn, or of a cell, for the run whose turn it was.

import { parkedBytesFor, type CellPlan } from './cell-plan.ts';
import type { ChildExit } from './child.ts';
import type { LaneRun } from './lane-run.ts';
import type { TurnEnd } from './read-report.ts';

// A disposed isolate ends within a few milliseconds, on a starved machine within some more, or (some engine loops) never:
// then it burns on.
const DISPOSE_GRACE_MS = 250;
const DISPOSE_GRACE_CPU_MS = 50;

/** Whether a run that was told to end should have ended by now. */
export function isOverdue({ stop, cpuMs }: LaneRun, now: number): boolean {
  if (stop === undefined) return false;
  return now - stop.at > DISPOSE_GRACE_MS || cpuMs - stop.cpuMs > DISPOSE_GRACE_CPU_MS;
}

/**
 * Whether a cell died of the run it was told to execute. Nobody can tell as long as it may not have come to it, and was
 * killed, by its lane or by somebody outside: then the run gets another cell, one that has done nothing before.
 */
export function isGuilty(run: LaneRun, { signal }: ChildExit): boolean {
  return run.isProven || (run.stop === undefined && signal !== 'SIGKILL');
}

/** Whether a cell may end a turn in this way that nobody told it to end. */
export function mayEndSo(run: LaneRun, { state }: TurnEnd): boolean {
  if (state === 'unknown-version') return !run.hasReloaded && !('describe' in run.task);
  return state !== 'dropped';
}

/** Whether a turn ended a run by what its tool did: limits and engines may end it where they did not before. */
export function isOwnDoing(end: TurnEnd): boolean {
  return end.state === 'done' || (end.state === 'failed' && /^(invalid|denied)$/.test(end.failure.kind));
}

/** Whether what waits in a cell leaves too little for what runs: then the run would die of others' memory, and be blamed. */
export function isCrowded(runs: Iterable<LaneRun>, plan: CellPlan): boolean {
  const held = [...runs].filter((run) => run.started);
  const heldBytes = held.reduce((sum, run) => sum + run.heapUsedBytes, 0);
  return held.length > 1 && heldBytes > parkedBytesFor(plan);
}
