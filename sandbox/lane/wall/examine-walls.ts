// Which walls stand around jailed children on this machine: found by trying them from inside, each without the others.

import { findNativeParts, type Bubblewrap } from '../../programs.ts';
import { WORKSHOP_PLAN } from '../workshop-lane.ts';
import { findBubblewrap } from './bubblewrap.ts';
import { codeOf, createChildGroup, limitsFor, openCgroup } from './cgroup.ts';
import {
  absentWall,
  absentWalls,
  judgeBubblewrap,
  judgeWalls,
  type KindReports,
  type WallFinding,
  type WallName,
} from './judge-walls.ts';
import type { ProbeKind } from './probe-contract.ts';
import { sendProbe } from './send-probe.ts';
import type { WallSettings } from './wall-settings.ts';

/** How much has to stand before tools may run. Each level includes those before it. */
export const WALL_LEVELS = ['isolate', 'process', 'os'] as const;

/** `isolate`: wherever a child starts; `process`: limited by the kernel and ended with its host; `os`: nothing but its own files and its wire. */
export type WallLevel = (typeof WALL_LEVELS)[number];

const PROCESS = [['process'], ['rlimits'], ['no-new-privileges'], ['parent-death']] as const;

/** What a level asks for: of each line, one. */
const REQUIRED: Readonly<Record<WallLevel, readonly (readonly WallName[])[]>> = {
  isolate: [],
  process: PROCESS,
  // Either leaves a child no file and no way to another process; sockets and programs are the filter's.
  os: [...PROCESS, ['landlock', 'bubblewrap'], ['seccomp']],
};

const KINDS: readonly ProbeKind[] = ['strict cell', 'fast cell', 'workshop'];

/** Tries every wall from inside a process that has what a cell and a workshop have; some 0.5 s. Never rejects for a wall. */
export async function examineWalls(
  settings: WallSettings = {},
  platform: NodeJS.Platform = process.platform,
): Promise<readonly WallFinding[]> {
  return platform === 'linux' ? tryWalls(settings) : absentWalls(`only Linux has it, this is ${platform}`);
}

/** Which walls a level asks for and a machine does not have; of two that would do, the first. */
export function missingWalls(findings: readonly WallFinding[], level: WallLevel): readonly WallFinding[] {
  const find = (name: WallName | undefined): WallFinding | undefined => findings.find(({ wall }) => wall === name);
  return REQUIRED[level]
    .filter((names) => !names.some((name) => find(name)?.held === true))
    .flatMap(([first]) => find(first) ?? []);
}

async function tryWalls({ bubblewrap: mode, cgroup }: WallSettings): Promise<readonly WallFinding[]> {
  const { readable } = findNativeParts();
  const found = await findBubblewrap({ mode, readable });
  const bubblewrap = 'command' in found ? found : undefined;
  const reports = await Promise.all(KINDS.map((kind) => reportsOf(kind, bubblewrap)));
  const wrapped = 'absent' in found ? absentWall('bubblewrap', found.absent) : judgeBubblewrap(reports);
  return [...judgeWalls(reports), wrapped, examineCgroup(cgroup)];
}

async function reportsOf(kind: ProbeKind, bubblewrap: Bubblewrap | undefined): Promise<KindReports> {
  const [withoutSeccomp, withoutLandlock, inBubblewrap] = await Promise.all([
    sendProbe({ kind, without: ['seccomp'] }),
    sendProbe({ kind, without: ['landlock'] }),
    bubblewrap === undefined ? undefined : sendProbe({ kind, without: ['landlock', 'seccomp'], bubblewrap }),
  ]);
  return { kind, withoutSeccomp, withoutLandlock, inBubblewrap };
}

/** Tries what a child gets: a group that takes its limits. */
function examineCgroup(folder: string | undefined): WallFinding {
  if (folder === undefined)
    return absentWall('cgroup', 'GLOVEBOX_CGROUP names no group that was delegated to this host');
  const found = openCgroup(folder);
  if ('absent' in found) return absentWall('cgroup', found.absent);
  try {
    using _group = createChildGroup(found, limitsFor(WORKSHOP_PLAN));
    return { wall: 'cgroup', held: true, detail: `a group per process limits ${found.controllers.join(', ')}` };
  } catch (error) {
    return absentWall('cgroup', `${folder} takes no limits (${codeOf(error)})`);
  }
}
