// A loop forwards that checks for no interrupt either. The lane kills the cell.

import { OUT_OF_TIME, type Attack } from '../attack.ts';

export default {
  aim: 'searches forwards through 2^53 holes',
  make: { body: 'Array.prototype.indexOf.call({ length: 2 ** 53 - 1 }, 1);' },
  reaches: 'run',
  ends: OUT_OF_TIME,
} satisfies Attack;
