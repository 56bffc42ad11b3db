// Fills an object as long as an array can claim to be.

import type { Attack } from '../attack.ts';

export default {
  aim: 'fills 2^53 places',
  make: { body: 'Array.prototype.fill.call({ length: 2 ** 53 - 1 }, 0);' },
  reaches: 'run',
  ends: { codes: ['LIMIT_CPU', 'LIMIT_WALL', 'LIMIT_HEAP', 'RUN_CRASHED'] },
} satisfies Attack;
