// Without a comparison function each number becomes a text for each comparison, and no guest code runs. It has more
// time than others, to get that far.

import { OUT_OF_TIME, type Attack } from '../attack.ts';

export default {
  aim: 'sorts numbers as texts',
  make: {
    setup: 'const all = Array.from({ length: 300_000 }, () => Math.random());',
    body: 'for (;;) all.toSorted();',
  },
  manifest: { limits: { wallMs: 1500 } },
  reaches: 'run',
  ends: OUT_OF_TIME,
} satisfies Attack;
