// How a child executes, and how much memory it may have: for a cell, by what its runs ask for.

import type { Profile } from '../contract.ts';
import type { DescribeTask, RunTask } from './messages.ts';

/** How a child executes, and how much memory it may have. */
export interface CellPlan {
  readonly profile: Profile;
  /** RLIMIT_DATA: what the kernel lets it have, reserved address space included. */
  readonly dataBytes: number;
  /** What it may have resident: past this it is killed. */
  readonly rssBytes: number;
}

const MIB = 1024 * 1024;
// Measured: without a JIT this bounds every known memory attack, and leaves room for the isolates of ordinary tools.
const STANDARD_BYTES = 512 * MIB;
const STANDARD_HEAP_BYTES = 128 * MIB;
// What Node, the idle isolates and a copy of the largest values need beside a large heap.
const OVERHEAD_BYTES = 384 * MIB;
// Node, the idle isolates and one running standard isolate.
const UNHELD_BYTES = 320 * MIB;
// Pages of files, which the kernel counts as resident and not as data.
const FILE_BYTES = 128 * MIB;
// With a JIT, V8 maps this much room for machine code per isolate, writable, so that the kernel counts all of it as data.
const CODE_ROOM_BYTES = 514 * MIB;
// Some isolates that were let go of may still be on their way out.
const ENDING_ISOLATES = 2;

/** Runs that a lane of each profile may hold at once. */
export const MAX_HELD: Readonly<Record<Profile, number>> = { strict: 64, fast: 8 };

/** Isolates that a cell of each profile may keep for runs to come. */
export const MAX_IDLE_ISOLATES: Readonly<Record<Profile, number>> = { strict: 12, fast: 4 };

/** The cell a run needs. */
export function planCell({ profile = 'strict', limits }: RunTask | DescribeTask): CellPlan {
  return planFor(profile, limits.heapBytes);
}

/** The cell for runs that ask for no large heap. */
export function standardPlan(profile: Profile): CellPlan {
  return planFor(profile, 0);
}

/** Whether what needs the one may run in the other: a run shares no cell with those of another profile or size. */
export function isSamePlan(a: CellPlan, b: CellPlan): boolean {
  return a.profile === b.profile && a.dataBytes === b.dataBytes;
}

/** How much the isolates of parked runs may hold together, so that no running one dies of it. */
export function parkedBytesFor({ rssBytes }: CellPlan): number {
  return rssBytes - FILE_BYTES - UNHELD_BYTES;
}

function planFor(profile: Profile, heapBytes: number): CellPlan {
  const bytes = privateBytesFor(heapBytes);
  return { profile, dataBytes: bytes + reservedBytesFor(profile), rssBytes: bytes + FILE_BYTES };
}

/** Private memory of a cell in which runs have this heap limit. */
function privateBytesFor(heapBytes: number): number {
  if (heapBytes <= STANDARD_HEAP_BYTES) return STANDARD_BYTES;
  return Math.ceil((heapBytes * 1.5) / MIB) * MIB + OVERHEAD_BYTES;
}

/** Node's own isolate, and those of runs. */
function reservedBytesFor(profile: Profile): number {
  if (profile === 'strict') return 0;
  return (1 + MAX_HELD.fast + MAX_IDLE_ISOLATES.fast + ENDING_ISOLATES) * CODE_ROOM_BYTES;
}
