// What an attestation says: what was tried on which installation, and what came of it.

import type { Profile, WallLevel } from '#sandbox';
import type { Finding, Wall as StandingWall } from '../doctor/finding.ts';
import { idOf, WALLS, type Check, type Trial, type Wall } from './trial.ts';

/** The form of the report; another number would be another form. */
export const REPORT_FORMAT = 1;

/** What holds of a number of attacks. */
export interface Tally extends Readonly<Record<Check, number>> {
  readonly tried: number;
  /** How many each wall has ended. */
  readonly walls: Readonly<Partial<Record<Wall, number>>>;
}

/** The same for one group. */
export interface GroupTally extends Tally {
  readonly group: string;
}

/** Where it was tried. */
export interface Installation {
  readonly glovebox: string;
  readonly node: string;
  readonly v8: string;
  /** As in `linux x64`. */
  readonly platform: string;
  readonly engine: EngineAge;
  /** How tools execute here: what was attacked. */
  readonly profile: Profile;
  /** Which walls stand, as `glovebox doctor` tells. */
  readonly walls: readonly StandingWall[];
  readonly wallLevel: RequiredWalls;
  /** What else it found, but for the store. */
  readonly findings: readonly Finding[];
}

/** The engine's age, and what it may be. */
export interface EngineAge {
  /** `null` of an engine whose release day is not known. */
  readonly ageDays: number | null;
  /** `null` where no age was asked for. */
  readonly maxAgeDays: number | null;
}

/** The walls that were asked for. */
export interface RequiredWalls {
  /** `null` where no level was asked for. */
  readonly required: WallLevel | null;
  /** Names of walls of that level that do not stand. */
  readonly missing: readonly string[];
}

/** An attestation. */
export interface AttestReport extends Installation {
  readonly format: typeof REPORT_FORMAT;
  /** When it began, in epoch milliseconds. */
  readonly at: number;
  /** How long it took, in milliseconds. */
  readonly ms: number;
  /** Attacks that this version knows; fewer are tried where only some groups were asked for. */
  readonly known: number;
  readonly passed: boolean;
  /** What is in the way of passing: ids of attacks, `engine-age`, a wall as in `wall:seccomp`, or a finding by its name. */
  readonly failed: readonly string[];
  readonly totals: Tally;
  readonly groups: readonly GroupTally[];
  readonly attacks: readonly Trial[];
}

/** What a report is made of. */
export interface ReportParts extends Pick<AttestReport, 'at' | 'ms' | 'known'> {
  readonly installation: Installation;
  /** Ids of the attacks there was no time for. */
  readonly untried: readonly string[];
  readonly trials: readonly Trial[];
}

/** Draws the conclusions. */
export function createReport({ installation, trials, untried, ...parts }: ReportParts): AttestReport {
  const failed = [
    ...trials.filter(({ problems }) => problems.length > 0).map(idOf),
    ...untried,
    ...(isTooOld(installation.engine) ? ['engine-age'] : []),
    ...installation.wallLevel.missing.map((wall) => `wall:${wall}`),
    ...installation.findings.filter(({ verdict }) => verdict === 'failed').map(({ what }) => what),
  ];
  const groups = [...Map.groupBy(trials, ({ group }) => group)];
  return {
    format: REPORT_FORMAT,
    ...installation,
    ...parts,
    // Nothing tried is nothing shown.
    passed: failed.length === 0 && trials.length > 0,
    failed,
    totals: tally(trials),
    groups: groups.map(([group, members]) => ({ group, ...tally(members) })),
    attacks: trials,
  };
}

/** An age that is not known is within no limit. */
function isTooOld({ ageDays, maxAgeDays }: EngineAge): boolean {
  return maxAgeDays !== null && (ageDays === null || ageDays > maxAgeDays);
}

function tally(trials: readonly Trial[]): Tally {
  const passing = (check: Check): number => trials.filter(({ checks }) => checks[check]).length;
  const counts = WALLS.map((wall) => [wall, trials.filter((trial) => trial.wall === wall).length] as const);
  return {
    tried: trials.length,
    reached: passing('reached'),
    contained: passing('contained'),
    neighbour: passing('neighbour'),
    host: passing('host'),
    disposed: passing('disposed'),
    walls: Object.fromEntries(counts.filter(([, count]) => count > 0)),
  };
}
