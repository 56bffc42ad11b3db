// Control groups (version 2): memory, processor time and processes of a child, counted and limited by the kernel as a
// whole. Only below a folder that was delegated to this host; each child has a group of its own there.
//
// A group that passes controllers on may hold no process: so the host, and what started it, move to a group beside those of
// their children.

import { existsSync, mkdirSync, readdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

import type { Cgroup } from '../../programs.ts';
import type { CellPlan } from '../cell-plan.ts';

/** What a child's group may use; only what its folder has a controller for is limited. */
export interface GroupLimits {
  readonly memoryBytes: number;
  /** Processors' worth of time. */
  readonly cpus: number;
  /** Processes and threads. */
  readonly processes: number;
}

/** A group of one child. Disposing it ends what is in it. */
export interface ChildGroup extends Disposable {
  /** Moves a process there, with its threads and whatever it starts from now on. */
  add(pid: number): void;
}

const CONTROLLERS = ['memory', 'pids', 'cpu'] as const;
const PREFIX = 'child-';
// Pipes, page tables and pages of files count as well.
const MARGIN_BYTES = 128 * 1024 * 1024;
const CPU_PERIOD_US = 100_000;
const REMOVE_WITHIN_MS = 2000;
const REMOVE_POLL_MS = 20;

/** Makes a delegated folder ready for children; tells why it is of no use, if so. Never throws. */
export function openCgroup(folder: string): Cgroup | { readonly absent: string } {
  try {
    const offered = words(join(folder, 'cgroup.controllers'));
    if (!offered.includes('memory')) return { absent: `${folder} has no memory controller` };
    const controllers = CONTROLLERS.filter((each) => offered.includes(each));
    moveOut(folder);
    writeFileSync(join(folder, 'cgroup.subtree_control'), controllers.map((each) => `+${each}`).join(' '));
    sweep(folder);
    return { folder, controllers };
  } catch (error) {
    return { absent: `${folder} is not a group that was delegated to this host (${codeOf(error)})` };
  }
}

/** What the group of a child may use: never what its other limits would stop first, with a better word for it. */
export function limitsFor({ rssBytes }: Pick<CellPlan, 'rssBytes'>): GroupLimits {
  return { memoryBytes: rssBytes + MARGIN_BYTES, cpus: 2, processes: 64 };
}

/** Creates a group for one child. Throws what the kernel says when it does not take a limit. */
export function createChildGroup(cgroup: Cgroup, limits: GroupLimits): ChildGroup {
  const folder = join(cgroup.folder, `${PREFIX}${process.pid}-${crypto.randomUUID()}`);
  mkdirSync(folder);
  try {
    for (const [file, value] of filesOf(folder, cgroup, limits)) writeFileSync(join(folder, file), value);
  } catch (error) {
    rmdirSync(folder);
    throw error;
  }
  return {
    add: (pid) => writeFileSync(join(folder, 'cgroup.procs'), String(pid)),
    [Symbol.dispose]: () => void remove(folder),
  };
}

/** This process as well, wherever it is: from elsewhere, the kernel would let it move nothing here. */
function moveOut(folder: string): void {
  const leaf = join(folder, 'host');
  mkdirSync(leaf, { recursive: true });
  for (const pid of new Set([...words(join(folder, 'cgroup.procs')), String(process.pid)]))
    writeFileSync(join(leaf, 'cgroup.procs'), pid);
}

/** Removes what hosts have left behind that were killed. */
function sweep(folder: string): void {
  for (const name of readdirSync(folder)) {
    const pid = /^child-(\d+)-/.exec(name)?.[1];
    if (pid === undefined || existsSync(`/proc/${pid}`)) continue;
    try {
      rmdirSync(join(folder, name));
    } catch {
      // Its process has not quite ended: the next host will.
    }
  }
}

type Setting = readonly [file: string, value: string];

function filesOf(folder: string, { controllers }: Cgroup, limits: GroupLimits): readonly Setting[] {
  const files: Readonly<Record<string, readonly Setting[]>> = {
    memory: [
      ['memory.max', String(limits.memoryBytes)],
      // All of a child or nothing: half of one would answer no more.
      ['memory.oom.group', '1'],
      // Absent where the kernel does not count what it swaps out.
      ...(existsSync(join(folder, 'memory.swap.max')) ? [['memory.swap.max', '0'] as const] : []),
    ],
    pids: [['pids.max', String(limits.processes)]],
    cpu: [['cpu.max', `${limits.cpus * CPU_PERIOD_US} ${CPU_PERIOD_US}`]],
  };
  return controllers.flatMap((controller) => files[controller] ?? []);
}

/** Ends what is left in there; the kernel keeps the group until it has. */
async function remove(folder: string): Promise<void> {
  try {
    writeFileSync(join(folder, 'cgroup.kill'), '1');
  } catch {
    // A kernel before 5.14: what is in there has been told to end anyway.
  }
  for (let waited = 0; waited <= REMOVE_WITHIN_MS; waited += REMOVE_POLL_MS) {
    try {
      return rmdirSync(folder);
    } catch {
      await delay(REMOVE_POLL_MS, undefined, { ref: false });
    }
  }
}

function words(path: string): string[] {
  return readFileSync(path, 'utf8').split(/\s+/).filter(Boolean);
}

/** What the kernel answered. */
export function codeOf(error: unknown): string {
  return String((error as { readonly code?: unknown }).code);
}
