// A pattern of 200,000 groups within each other. The parser of patterns is recursive.

import type { Attack } from '../attack.ts';

export default {
  aim: 'compiles a pattern of nested groups',
  make: { body: "new RegExp('('.repeat(200_000) + ')'.repeat(200_000)).test('x');" },
  reaches: 'run',
  ends: { codes: ['TOOL_THREW'] },
} satisfies Attack;
