// Forty lists, each of which holds the one before it twice: text of 2^40 values.

import type { Attack } from '../attack.ts';

export default {
  aim: 'writes a value as JSON that doubles forty times',
  make: {
    setup: 'let value: unknown = []; for (let i = 0; i < 40; i += 1) value = [value, value];',
    body: 'JSON.stringify(value);',
  },
  reaches: 'run',
  ends: { codes: ['LIMIT_CPU', 'LIMIT_WALL', 'TOOL_THREW', 'LIMIT_HEAP'] },
} satisfies Attack;
