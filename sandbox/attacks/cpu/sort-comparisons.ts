// A comparison that contradicts itself, over many items, again and again.

import { OUT_OF_TIME, type Attack } from '../attack.ts';

export default {
  aim: 'sorts by a comparison that contradicts itself',
  make: {
    body: `
      const all = Array.from({ length: 200_000 }, (_, i) => i);
      for (let turn = 0; ; turn += 1) all.sort((a, b) => ((a * 31 + b * 17 + turn) % 3) - 1);
    `,
  },
  reaches: 'run',
  ends: OUT_OF_TIME,
} satisfies Attack;
