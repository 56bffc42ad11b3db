// A result that contains itself.

import type { Attack } from '../attack.ts';

export default {
  aim: 'returns a cycle',
  make: { body: 'const a: any = { loot }; a.a = a; return a;' },
  reaches: 'output',
  ends: { codes: ['TOOL_INVALID'] },
} satisfies Attack;
