// Which walls stand around jailed children on this machine: found by trying them from inside, each without the others.

import { accessSync, constants, existsSync, readFileSync } from 'node:fs';

import { absentWalls, judgeWalls, type KindReports, type WallFinding, type WallName } from './judge-walls.ts';
import { sendProbe } from './send-probe.ts';

/** How much has to stand before tools may run. Each level includes those before it. */
export const WALL_LEVELS = ['isolate', 'process', 'os'] as const;

/** `isolate`: wherever a child starts; `process`: limited by the kernel and ended with its host; `os`: nothing but its own files and its wire. */
export type WallLevel = (typeof WALL_LEVELS)[number];

const REQUIRED: Readonly<Record<WallLevel, readonly WallName[]>> = {
  isolate: [],
  process: ['process', 'rlimits', 'no-new-privileges', 'parent-death'],
  os: ['process', 'rlimits', 'no-new-privileges', 'parent-death', 'landlock', 'seccomp'],
};

/** Tries every wall from inside a process that has what a cell and a workshop have; some 0.2 s. Never rejects for a wall. */
export async function examineWalls(): Promise<readonly WallFinding[]> {
  const tried =
    process.platform === 'linux'
      ? judgeWalls(await Promise.all([reportsOf('cell'), reportsOf('workshop')]))
      : absentWalls(`only Linux has it, this is ${process.platform}`);
  return [...tried, findBubblewrap(), findCgroup()];
}

/** Which walls a level asks for and a machine does not have. */
export function missingWalls(findings: readonly WallFinding[], level: WallLevel): readonly WallFinding[] {
  return findings.filter(({ wall, held }) => !held && REQUIRED[level].includes(wall));
}

async function reportsOf(kind: 'cell' | 'workshop'): Promise<KindReports> {
  const [withoutSeccomp, withoutLandlock] = await Promise.all([
    sendProbe({ kind, without: ['seccomp'] }),
    sendProbe({ kind, without: ['landlock'] }),
  ]);
  return { kind, withoutSeccomp, withoutLandlock };
}

const BUBBLEWRAP = ['/usr/bin/bwrap', '/usr/local/bin/bwrap', '/bin/bwrap'];

function findBubblewrap(): WallFinding {
  const installed = BUBBLEWRAP.some((path) => existsSync(path));
  return {
    wall: 'bubblewrap',
    held: false,
    detail: installed ? 'installed; children do not use it yet' : 'not installed',
  };
}

function findCgroup(): WallFinding {
  return { wall: 'cgroup', held: false, detail: cgroupDetail() };
}

/** Version 2 alone: version 1 is delegated to nobody. */
function cgroupDetail(): string {
  try {
    const path = /^0::(.*)$/m.exec(readFileSync('/proc/self/cgroup', 'utf8'))?.[1] ?? '';
    const folder = `/sys/fs/cgroup${path}`;
    const controllers = readFileSync(`${folder}/cgroup.controllers`, 'utf8').trim();
    accessSync(folder, constants.W_OK);
    return `delegated (${controllers === '' ? 'no controller' : controllers}); children do not use it yet`;
  } catch {
    return 'no version 2 group is delegated to this process';
  }
}
