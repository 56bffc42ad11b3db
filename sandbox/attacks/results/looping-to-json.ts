// Returns a value whose `toJSON` loops. It is written as JSON inside the isolate, on the run's time.

import { OUT_OF_TIME, type Attack } from '../attack.ts';

export default {
  aim: 'returns a value that never becomes JSON',
  make: { body: 'return { toJSON() { for (;;); } };' },
  reaches: 'run',
  ends: OUT_OF_TIME,
} satisfies Attack;
