// Lists that claim four billion places when they are joined.

import type { Attack } from '../attack.ts';

export default {
  aim: 'joins lists that lie about their length',
  make: {
    body: `
      const liar = { length: 2 ** 32 - 1, [Symbol.isConcatSpreadable]: true };
      loot.push([].concat(liar as any, liar as any).length);
    `,
  },
  reaches: 'run',
  ends: { codes: ['LIMIT_CPU', 'LIMIT_WALL', 'LIMIT_HEAP', 'RUN_CRASHED', 'TOOL_THREW'] },
} satisfies Attack;
