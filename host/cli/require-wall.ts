// `--require-wall`: whoever serves may insist on walls, and serves nothing without them.

import { Option } from 'commander';
import { hostError } from '#host/base';
import { examineWalls, missingWalls, WALL_LEVELS, type WallLevel } from '#sandbox';

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

/** @throws WALL_MISSING */
export async function requireWall({ requireWall: level }: RequireWallOptions, examine = examineWalls): Promise<void> {
  // Every machine on which a child starts has that one.
  if (level === undefined || level === 'isolate') return;
  const missing = missingWalls(await examine(), level);
  if (missing.length === 0) return;
  const list = missing.map(({ wall, detail }) => `${wall} (${detail})`).join(', ');
  throw hostError('WALL_MISSING', `not all walls of level ${level} stand here: ${list}`, { level, missing });
}
