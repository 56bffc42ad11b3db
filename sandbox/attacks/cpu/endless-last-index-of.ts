// A loop inside V8 that checks for no interrupt: nothing within the process ends it. The lane kills the cell.

import { OUT_OF_TIME, type Attack } from '../attack.ts';

export default {
  aim: 'searches backwards through 2^53 holes',
  make: { body: 'Array.prototype.lastIndexOf.call({ length: 2 ** 53 - 1 }, 1);' },
  reaches: 'run',
  ends: OUT_OF_TIME,
} satisfies Attack;
