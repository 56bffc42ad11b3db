// The plainest of them. The isolate is disposed when its CPU time is up.

import { OUT_OF_TIME, type Attack } from '../attack.ts';

export default {
  aim: 'loops for ever',
  make: { body: 'for (;;);' },
  reaches: 'run',
  ends: OUT_OF_TIME,
} satisfies Attack;
