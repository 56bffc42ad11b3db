// Fifty objects that each hold the last one twice: small in memory, and 2^50 values as text.

import type { Attack } from '../attack.ts';

export default {
  aim: 'returns an object that doubles fifty times',
  make: {
    body: `
      let value: any = {};
      for (let i = 0; i < 50; i += 1) value = { a: value, b: value };
      return value;
    `,
  },
  reaches: 'run',
  ends: { codes: ['LIMIT_CPU', 'LIMIT_WALL', 'LIMIT_HEAP', 'RUN_CRASHED', 'TOOL_INVALID'] },
} satisfies Attack;
