// Recursion without end. An error of the tool's, like any other.

import type { Attack } from '../attack.ts';

export default {
  aim: 'overflows the stack',
  make: { body: 'const f = (): number => f() + 1; f();' },
  reaches: 'run',
  ends: { codes: ['TOOL_THREW'] },
} satisfies Attack;
