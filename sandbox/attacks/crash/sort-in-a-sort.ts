// A comparison that sorts what is being sorted, without end.

import type { Attack } from '../attack.ts';

export default {
  aim: 'sorts a list while it is sorted',
  make: {
    body: `
      const list = [3, 1, 2];
      const compare = (a: number, b: number): number => {
        list.sort(compare);
        return a - b;
      };
      list.sort(compare);
    `,
  },
  reaches: 'run',
  ends: { codes: ['TOOL_THREW'] },
} satisfies Attack;
