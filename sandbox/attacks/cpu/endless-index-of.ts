// The same loop in the other direction, which other engines' checks miss as well.

import { OUT_OF_TIME, type Attack } from '../attack.ts';

export default {
  aim: 'searches forwards through 2^53 holes',
  make: { body: 'Array.prototype.indexOf.call({ length: 2 ** 53 - 1 }, 1);' },
  reaches: 'run',
  ends: OUT_OF_TIME,
} satisfies Attack;
