// Tries the attack suite on this installation, in a temporary home, and signs what came of it with the key of the real
// one.

import { mkdtemp, open, rm, type FileHandle } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { missingWalls, type NamedAttack, type WallFinding, type WallLevel } from '#sandbox';
import { hostError } from '#host/base';
import { chooseProfile } from '#host/traffic';
import type { CommandContext } from '../command.ts';
import { examine } from '../doctor/examine.ts';
import { readPackageFacts } from '../package-facts.ts';
import { openArena } from './arena.ts';
import { engineAgeDays } from './engine-release.ts';
import { formatReport } from './format-report.ts';
import { beginProgress } from './progress.ts';
import { createReport, type Installation } from './report.ts';
import { createSigningKey, sealReport, type SealedReport } from './sealed-report.ts';
import { selectAttacks } from './select-attacks.ts';
import { tryAttacks, type Tried } from './try-attacks.ts';

/** What is asked of an attestation. */
export interface AttestOptions {
  /** Only these groups. @default all of them */
  readonly groups: readonly string[];
  /** Where the signed report goes besides. */
  readonly out?: string;
  readonly maxEngineAgeDays?: number;
  /** Fails unless all walls of this level stand. @default none */
  readonly requireWall?: WallLevel;
}

/** How long attacks may begin: the whole suite takes less than half of it on two busy cores. */
const BUDGET_MS = 10 * 60_000;

/** Name of the signing key in the store. */
const KEY_NAME = 'attest';

/**
 * Attests, prints the signed report and returns the exit code.
 *
 * @throws ATTEST_FAILED when an attack was not reached, not contained or not tried, the engine is too old, or a wall
 *   is missing
 * @throws REQUEST_INVALID for a group there is not
 * @throws FILE_UNREADABLE when the report cannot be written where it should be
 */
export async function runAttest(context: CommandContext, options: AttestOptions): Promise<number> {
  const { clock, output } = context;
  const { attacks, known } = await selectAttacks(options.groups);
  // Before the attacks: nobody wants to wait for what cannot be written.
  await using file = await openReportFile(context, options.out);
  const key = await signingKey(context);
  const at = clock.now();
  const started = clock.elapsed();
  const installation = await examineInstallation(context, options);
  const tried = await inTemporaryFolder((folder) => tryAll(folder, attacks, context));
  const ms = Math.round(clock.elapsed() - started);
  const report = createReport({ installation, at, ms, known, ...tried });
  const sealed = sealReport(report, key);
  await writeReport(file, sealed);
  if (report.passed) {
    output.result(sealed, () => formatReport(sealed, output));
    return 0;
  }
  output.passage(formatReport(sealed, output));
  throw failure(sealed);
}

async function openReportFile(
  { surroundings }: CommandContext,
  out: string | undefined,
): Promise<FileHandle | undefined> {
  if (out === undefined) return undefined;
  try {
    // What is there stays until there is something to put in its place.
    return await open(isAbsolute(out) ? out : join(surroundings.cwd(), out), 'a');
  } catch (cause) {
    const reason = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown';
    const message = `--out: ${out} cannot be written (${reason}); give a file in a folder that is there`;
    throw hostError('FILE_UNREADABLE', message, { path: out, reason }, { cause });
  }
}

async function writeReport(file: FileHandle | undefined, sealed: SealedReport): Promise<void> {
  await file?.truncate(0);
  await file?.writeFile(`${JSON.stringify(sealed, undefined, 2)}\n`);
}

/** The key of the home, made with the first attestation. */
async function signingKey({ openApp }: CommandContext): Promise<Uint8Array> {
  await using app = await openApp();
  return await app.store.keys.getOrAdd(KEY_NAME, createSigningKey());
}

async function examineInstallation(
  context: CommandContext,
  { maxEngineAgeDays, requireWall }: Pick<AttestOptions, 'maxEngineAgeDays' | 'requireWall'>,
): Promise<Installation> {
  const { node, v8 } = process.versions;
  const { findings, walls } = await examine(context);
  return {
    glovebox: readPackageFacts().version,
    node,
    v8,
    platform: `${process.platform} ${process.arch}`,
    engine: { ageDays: engineAgeDays(node, context.clock.now()) ?? null, maxAgeDays: maxEngineAgeDays ?? null },
    profile: chooseProfile(context.config, context.principal.tenant),
    walls,
    wallLevel: {
      required: requireWall ?? null,
      missing: requireWall === undefined ? [] : missingOf(walls, requireWall),
    },
    // Where the store lies is nobody's business who reads the report.
    findings: findings.filter(({ what }) => what !== 'store'),
  };
}

/** The names of walls that a level asks for and that do not stand. */
function missingOf(walls: Installation['walls'], level: WallLevel): readonly string[] {
  const around = walls.filter((each): each is WallFinding => each.wall !== 'isolate' && each.wall !== 'permission');
  return missingWalls(around, level).map(({ wall }) => wall);
}

async function inTemporaryFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'glovebox-attest-'));
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function tryAll(folder: string, attacks: readonly NamedAttack[], context: CommandContext): Promise<Tried> {
  const { clock, log, output, stopping, surroundings } = context;
  await using arena = await openArena(folder, { log, openApp: (home) => context.openApp({ home }) });
  using progress = beginProgress(surroundings.stderr, output.live, attacks.length);
  return await tryAttacks(arena, attacks, {
    clock,
    signal: stopping,
    budgetMs: BUDGET_MS,
    onTrial: ({ group, name }) => progress.advance(`${group}/${name}`),
  });
}

function failure(sealed: SealedReport): Error {
  const { failed } = sealed.report;
  const named = failed.slice(0, 5).join(', ');
  const more = failed.length > 5 ? ` and ${failed.length - 5} more` : '';
  const message = `this installation does not hold: ${named}${more}; the report says why`;
  return hostError('ATTEST_FAILED', message, { failed, sealed });
}
