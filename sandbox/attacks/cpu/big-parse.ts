// Text of millions of digits as a number: multiplication after multiplication.

import type { Attack } from '../attack.ts';

export default {
  aim: 'reads a number of five million digits',
  make: { setup: "const digits = '9'.repeat(5_000_000);", body: 'for (;;) BigInt(digits);' },
  reaches: 'run',
  ends: { codes: ['LIMIT_CPU', 'LIMIT_WALL', 'LIMIT_HEAP', 'RUN_CRASHED'] },
} satisfies Attack;
