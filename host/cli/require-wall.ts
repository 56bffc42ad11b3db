// `--require-wall`: whoever serves may insist on walls, and serves nothing without them.

import { Option } from 'commander';
import { hostError } from '#host/base';
import { examineWalls, missingWalls, WALL_LEVELS, type WallLevel, type WallSettings } from '#sandbox';

/** What of the option reaches a command. */
export interface RequireWallOptions {
  readonly requireWall?: WallLevel;
}

/** The option of each command that serves. */
export function requireWallOption(): Option {
  return new Option('--require-wall <level>', 'refuse to start where fewer walls stand (see doctor)').choices(
    WALL_LEVELS,
  );
}

/** What was insisted on, for who opens the host. @throws WALL_MISSING */
export async function requireWall(
  { requireWall: level }: RequireWallOptions,
  settings: WallSettings,
  examine = examineWalls,
): Promise<RequireWallOptions> {
  if (level === undefined) return {};
  // Every machine on which a child starts has that one.
  const missing = level === 'isolate' ? [] : missingWalls(await examine(settings), level);
  if (missing.length === 0) return { requireWall: level };
  const list = missing.map(({ wall, detail }) => `${wall} (${detail})`).join(', ');
  throw hostError('WALL_MISSING', `not all walls of level ${level} stand here: ${list}`, { level, missing });
}
