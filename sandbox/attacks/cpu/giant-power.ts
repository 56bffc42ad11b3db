// One multiplication of numbers with a hundred million digits: no interrupt is checked before it ends.

import type { Attack } from '../attack.ts';

export default {
  aim: 'multiplies numbers with a hundred million digits',
  make: { body: 'let n = 7n ** 2_000_000n; for (;;) n *= n;' },
  reaches: 'run',
  ends: { codes: ['LIMIT_CPU', 'LIMIT_WALL', 'LIMIT_HEAP', 'RUN_CRASHED', 'TOOL_THREW'] },
} satisfies Attack;
