import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { WALL_LEVELS, type WallFinding } from '#sandbox';
import { requireWall } from '../../../../host/cli/require-wall.ts';

const examine = async (): Promise<readonly WallFinding[]> => [
  { wall: 'process', held: true, detail: 'there' },
  { wall: 'seccomp', held: false, detail: 'this kernel has no filters' },
];

describe('requireWall', () => {
  // Proves jail.wall-level.
  it('rejects with WALL_MISSING and names what does not stand', async () => {
    await assert.rejects(requireWall({ requireWall: 'os' }, {}, examine), {
      code: 'WALL_MISSING',
      data: { level: 'os', missing: [{ wall: 'seccomp', held: false, detail: 'this kernel has no filters' }] },
    });
  });

  it('resolves where all of the level stand', async () => {
    await requireWall({ requireWall: 'process' }, {}, examine);
  });

  it('looks at nothing where nothing is required', async () => {
    const unasked = (): never => assert.fail('examined');
    await requireWall({}, {}, unasked);
    await requireWall({ requireWall: WALL_LEVELS[0] }, {}, unasked);
  });
});
