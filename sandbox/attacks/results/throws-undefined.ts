// Throws nothing at all, for a catch that reads a property of it.

import type { Attack } from '../attack.ts';

export default {
  aim: 'throws undefined',
  make: { body: 'throw undefined;' },
  reaches: 'run',
  ends: { codes: ['TOOL_THREW'] },
} satisfies Attack;
