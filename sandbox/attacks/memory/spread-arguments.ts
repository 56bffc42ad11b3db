// Each item of a list of a hundred million becomes an argument, on the stack.

import type { Attack } from '../attack.ts';

export default {
  aim: 'spreads a hundred million arguments',
  make: { body: 'loot.push(Math.max(...new Array(100_000_000)));' },
  reaches: 'run',
  ends: { codes: ['TOOL_THREW', 'LIMIT_HEAP', 'RUN_CRASHED', 'LIMIT_CPU', 'LIMIT_WALL'] },
} satisfies Attack;
