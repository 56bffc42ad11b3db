// Fills a set from a list that never ends. All items are the same, so that no memory runs out.

import type { Attack } from '../attack.ts';

export default {
  aim: 'fills a set from a list that never ends',
  make: {
    body: `
      const endless = { [Symbol.iterator]: () => ({ next: () => ({ done: false, value: 0 }) }) };
      const set = new Set(endless as any);
      loot.push(set.size);
    `,
  },
  reaches: 'run',
  ends: { codes: ['LIMIT_CPU', 'LIMIT_WALL'] },
} satisfies Attack;
