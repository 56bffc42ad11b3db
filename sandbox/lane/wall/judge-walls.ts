// What the reports of the probes say about the walls: one finding per wall, held only where every kind of child is held.

import type { Deed, ProbeKind, ProbeReport } from './probe-contract.ts';

const TRIED = ['process', 'rlimits', 'no-new-privileges', 'parent-death', 'landlock', 'seccomp'] as const;
const WALLS = [...TRIED, 'bubblewrap', 'cgroup'] as const;

/** A wall around a jailed child; which of them a machine has is asked by {@link examineWalls}. */
export type WallName = (typeof WALLS)[number];

/** Whether one wall stands here. */
export interface WallFinding {
  readonly wall: WallName;
  readonly held: boolean;
  /** For people: what holds, or why not. */
  readonly detail: string;
}

/** What came back from behind the walls of one kind of child; undefined where nothing did. */
export interface KindReports {
  readonly kind: ProbeKind;
  readonly withoutSeccomp: ProbeReport | undefined;
  readonly withoutLandlock: ProbeReport | undefined;
  /** Behind bubblewrap, without both of the others; undefined, too, where there is none. */
  readonly inBubblewrap?: ProbeReport | undefined;
}

const SIGKILL = 9;
const BY_FILES: readonly Deed[] = [
  'read-file',
  'write-file',
  'read-host-environment',
  'read-host-memory',
  'ptrace',
  'exec',
];
/** A root of its own holds no other file and no socket's path, its namespaces no network and no process of others. */
const BY_NAMESPACES: readonly Deed[] = ['find-file', ...BY_FILES, 'connect-tcp', 'connect-unix', 'signal-host'];
const BY_CALLS: readonly Deed[] = ['connect-tcp', 'connect-unix', 'fork', 'exec', 'ptrace', 'signal-host', 'io-uring'];
const NETWORK_SINCE = 4;
const SCOPES_SINCE = 6;

/** Judges the walls that probes have tried. */
export function judgeWalls(reports: readonly KindReports[]): readonly WallFinding[] {
  const missing = reports.flatMap(({ kind, withoutSeccomp, withoutLandlock }) =>
    withoutSeccomp === undefined || withoutLandlock === undefined ? [kind] : [],
  );
  if (missing.length > 0) return absentWalls(`no ${missing.join(' and no ')} came up behind walls`, TRIED);
  return [
    { wall: 'process', held: true, detail: 'cells and workshops are processes of their own' },
    judgeLimits(reports),
    judgeStatus('no-new-privileges', reports, /^NoNewPrivs:\s+1$/m, 'no program it starts could gain rights'),
    judgeParentDeath(reports),
    judgeLandlock(reports),
    judgeSeccomp(reports),
  ];
}

/** Judges what probes have tried that had bubblewrap around them, and no filter or Landlock. */
export function judgeBubblewrap(reports: readonly KindReports[]): WallFinding {
  const missing = reports.flatMap(({ kind, inBubblewrap }) => (inBubblewrap === undefined ? [kind] : []));
  if (missing.length > 0)
    return absentWall('bubblewrap', `installed, yet no ${missing.join(' and no ')} came up in it`);
  const done = reports.flatMap(({ kind, inBubblewrap }) => doneBy(kind, inBubblewrap, BY_NAMESPACES));
  if (done.length > 0) return absentWall('bubblewrap', `applied, yet ${done.join(', ')}`);
  if (reports.some(({ inBubblewrap }) => inBubblewrap?.facts.canWriteRoot !== false))
    return absentWall('bubblewrap', 'applied, yet its root can be written to');
  const root = reports[0]?.inBubblewrap?.facts.root ?? [];
  return { wall: 'bubblewrap', held: true, detail: `own namespaces; all there is in the root: ${root.join(', ')}` };
}

/** All of them absent, for one reason. */
export function absentWalls(detail: string, walls: readonly WallName[] = WALLS): readonly WallFinding[] {
  return walls.map((wall) => absentWall(wall, detail));
}

/** One of them absent. */
export function absentWall(wall: WallName, detail: string): WallFinding {
  return { wall, held: false, detail };
}

const MIB = 1024 * 1024;
const DATA_LIMIT = /^Max data size +(\d+) /m;

const LIMITS: Readonly<Record<string, RegExp>> = {
  'writable memory': DATA_LIMIT,
  'address space': /^Max address space +\d+ /m,
  'file size': /^Max file size +0 +0 /m,
  'core dumps': /^Max core file size +0 +0 /m,
  'open files': /^Max open files +\d+ /m,
};

function judgeLimits(reports: readonly KindReports[]): WallFinding {
  const unlimited = Object.entries(LIMITS).flatMap(([what, limit]) =>
    reports.every(({ withoutLandlock }) => limit.test(withoutLandlock?.facts.limits ?? '')) ? [] : [what],
  );
  const held = unlimited.length === 0;
  return {
    wall: 'rlimits',
    held,
    detail: held
      ? `limited: ${Object.keys(LIMITS).join(', ')}; memory ${reports.map(memoryText).join(', ')}`
      : `not limited: ${unlimited.join(', ')}`,
  };
}

function memoryText({ kind, withoutLandlock }: KindReports): string {
  const bytes = Number(DATA_LIMIT.exec(withoutLandlock?.facts.limits ?? '')?.[1]);
  return `${Math.round(bytes / MIB)} MiB per ${kind}`;
}

function judgeStatus(wall: WallName, reports: readonly KindReports[], line: RegExp, effect: string): WallFinding {
  const held = reports.every(({ withoutLandlock }) => line.test(withoutLandlock?.facts.status ?? ''));
  return { wall, held, detail: held ? effect : 'the kernel says it is not set' };
}

function judgeParentDeath(reports: readonly KindReports[]): WallFinding {
  const held = reports.every(({ withoutSeccomp }) => withoutSeccomp?.facts.parentDeathSignal === SIGKILL);
  return { wall: 'parent-death', held, detail: held ? 'the kernel ends it when its host dies' : 'not set' };
}

function judgeLandlock(reports: readonly KindReports[]): WallFinding {
  const abi = Math.min(...reports.map(({ withoutSeccomp }) => withoutSeccomp?.facts.landlockAbi ?? 0));
  if (abi === 0) return { wall: 'landlock', held: false, detail: 'this kernel has none, or was started without it' };
  const forbidden: readonly Deed[] = [
    ...BY_FILES,
    ...(abi >= NETWORK_SINCE ? (['connect-tcp'] as const) : []),
    ...(abi >= SCOPES_SINCE ? (['signal-host'] as const) : []),
  ];
  const done = reports.flatMap(({ kind, withoutSeccomp }) => doneBy(kind, withoutSeccomp, forbidden));
  const held = done.length === 0;
  return {
    wall: 'landlock',
    held,
    detail: held ? `ABI ${abi}: ${reachOf(abi)}` : `ABI ${abi}, yet ${done.join(', ')}`,
  };
}

function reachOf(abi: number): string {
  const more = [...(abi >= NETWORK_SINCE ? ['TCP'] : []), ...(abi >= SCOPES_SINCE ? ['signals'] : [])];
  return ['files', ...more].join(', ');
}

function judgeSeccomp(reports: readonly KindReports[]): WallFinding {
  const status = judgeStatus('seccomp', reports, /^Seccomp:\s+2$/m, 'no socket, no second program, no other process');
  if (!status.held) return { ...status, detail: 'this kernel has no filters, or none for this architecture' };
  const done = reports.flatMap(({ kind, withoutLandlock }) =>
    doneBy(kind, withoutLandlock, kind === 'strict cell' ? [...BY_CALLS, 'writable-code'] : BY_CALLS),
  );
  return done.length === 0 ? status : { wall: 'seccomp', held: false, detail: `filtered, yet ${done.join(', ')}` };
}

function doneBy(kind: string, report: ProbeReport | undefined, forbidden: readonly Deed[]): string[] {
  return (report?.done ?? []).filter((deed) => forbidden.includes(deed)).map((deed) => `a ${kind} could ${deed}`);
}
