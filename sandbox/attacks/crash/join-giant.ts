// Joins a sparse array of four billion places, for a text longer than any.

import type { Attack } from '../attack.ts';

export default {
  aim: 'joins four billion places',
  make: { body: "new Array(2 ** 32 - 1).join('xx');" },
  reaches: 'run',
  ends: { codes: ['LIMIT_CPU', 'LIMIT_WALL', 'LIMIT_HEAP', 'RUN_CRASHED', 'TOOL_THREW'] },
} satisfies Attack;
