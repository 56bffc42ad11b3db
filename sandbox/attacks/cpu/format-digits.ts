// A number of a hundred thousand digits, with a separator after each third.

import type { Attack } from '../attack.ts';

export default {
  aim: 'formats a number of a hundred thousand digits',
  make: {
    setup: "const n = 10n ** 100_000n; const { format } = new Intl.NumberFormat('en-US');",
    body: 'for (;;) format(n);',
  },
  reaches: 'run',
  ends: { codes: ['LIMIT_CPU', 'LIMIT_WALL', 'LIMIT_HEAP', 'RUN_CRASHED'] },
} satisfies Attack;
