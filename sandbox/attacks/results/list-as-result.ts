// A result that is a list. Structured results are objects, or clients refuse them.

import type { Attack } from '../attack.ts';

export default {
  aim: 'returns a list',
  make: { body: 'return [1, 2, 3];' },
  reaches: 'output',
  ends: { codes: ['TOOL_INVALID'] },
} satisfies Attack;
