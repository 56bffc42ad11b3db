// Months of a calendar of moons between two years far apart are counted one by one.

import type { Attack } from '../attack.ts';

export default {
  aim: 'counts the months of a calendar of moons',
  make: {
    body: `
      const from = Temporal.PlainDate.from('1900-01-01[u-ca=chinese]');
      for (let years = 100; ; years += 1) from.until(from.add({ days: years * 365 }), { largestUnit: 'months' });
    `,
  },
  reaches: 'run',
  ends: { codes: ['LIMIT_CPU', 'LIMIT_WALL', 'LIMIT_HEAP'] },
} satisfies Attack;
