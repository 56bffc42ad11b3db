// What the dispatcher books of each lane: the jobs in it, and what its cell can take.

import type { RunOutcome } from './contract.ts';
import { isSamePlan, MAX_HELD, planCell, type CellPlan } from './lane/cell-plan.ts';
import type { DescribeTask, RunNotice, RunTask, ToLane } from './lane/messages.ts';
import type { LaneThread } from './lane-thread.ts';

/** A run on its way through the dispatcher. */
export interface Job {
  readonly task: RunTask | DescribeTask;
  /** What fairness counts by: tenant and tool. */
  readonly key: string;
  readonly digest: string;
  readonly signal?: AbortSignal;
  /** Hears what the lane says of this run. */
  readonly onNotice?: (notice: RunNotice, reply: (answer: ToLane) => void) => void;
}

/** A job in its lane. */
export interface Held {
  readonly job: Job;
  /** Whether it needs the cell, or waits for the host. */
  needsCell: boolean;
  /** Since when, monotonic milliseconds. */
  since: number;
  /** What its isolate holds while it waits. */
  parkedBytes: number;
}

/** A lane and its jobs. */
export interface Lane {
  readonly thread: LaneThread<RunTask | DescribeTask, RunOutcome>;
  readonly held: Map<string, Held>;
  /** How many of its jobs need the cell now: 0, or 1, or a few whose answers came while another ran. */
  active: number;
  /** Versions its cell has run, youngest last: a guess at what is warm. */
  readonly warm: Set<string>;
  /** What its cell was last used for: neither another tenant's run nor one of another plan can share it. */
  cell: { readonly tenant: string; readonly plan: CellPlan } | undefined;
  idle: NodeJS.Timeout | undefined;
}

// A cell has room for this beside a running isolate and its idle ones: a run must not die of what others hold.
const MAX_PARKED_BYTES = 128 * 1024 * 1024;
const MAX_WARM = 12;

/** A run that needs its lane for longer is slow: who waits gets another lane. */
export const SLOW_MS = 50;

/** Whether one run has kept the lane to itself for long. */
export function isSlow({ held }: Lane, now: number): boolean {
  return held.values().some(({ needsCell, since }) => needsCell && now - since > SLOW_MS);
}

/** Whether a lane can begin with a job now. */
export function hasRoom(lane: Lane, job: Job): boolean {
  // Another one may be free sooner.
  if (!lane.thread.isReady) return false;
  if (lane.active > 0) return false;
  if (lane.held.size === 0) return true;
  const parkedBytes = lane.held.values().reduce((sum, held) => sum + held.parkedBytes, 0);
  return parkedBytes <= MAX_PARKED_BYTES && mayShare(lane, job) && lane.held.size < mostHeldWith(job);
}

/** Runs that share a job's cell are of its profile. */
function mostHeldWith({ task }: Job): number {
  return MAX_HELD[planCell(task).profile];
}

/** How far a lane is from ideal for a job: its version warm, then its cell of use, then the fewest parked runs. */
export function costOf(lane: Lane, job: Job): number {
  if (!mayShare(lane, job)) return 2 * MAX_HELD.strict;
  return (lane.warm.has(job.digest) ? 0 : MAX_HELD.strict) + lane.held.size;
}

/** Whether a job can share the lane's cell with those parked in it. */
function mayShare({ cell }: Lane, { task }: Job): boolean {
  return cell === undefined || (cell.tenant === task.tenant && isSamePlan(cell.plan, planCell(task)));
}

/** Books what a job leaves behind in its lane. */
export function remember(lane: Lane, { digest, task }: Job): void {
  if (lane.cell?.tenant !== task.tenant) lane.warm.clear();
  lane.cell = { tenant: task.tenant, plan: planCell(task) };
  lane.warm.delete(digest);
  lane.warm.add(digest);
  const [oldest] = lane.warm;
  if (lane.warm.size > MAX_WARM && oldest !== undefined) lane.warm.delete(oldest);
}
