// Swaps 2^53 places that are not there, from both ends.

import { OUT_OF_TIME, type Attack } from '../attack.ts';

export default {
  aim: 'turns 2^53 holes round',
  make: { body: 'Array.prototype.reverse.call({ length: 2 ** 53 - 1 });' },
  reaches: 'run',
  ends: OUT_OF_TIME,
} satisfies Attack;
