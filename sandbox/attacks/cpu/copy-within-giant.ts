// Moves 2^53 places that are not there by one, deleting each.

import { OUT_OF_TIME, type Attack } from '../attack.ts';

export default {
  aim: 'moves 2^53 holes',
  make: { body: 'Array.prototype.copyWithin.call({ length: 2 ** 53 - 1 }, 0, 1);' },
  reaches: 'run',
  ends: OUT_OF_TIME,
} satisfies Attack;
