// Catches whatever it is thrown and goes on, in case a deadline is an exception. It is none.

import { OUT_OF_TIME, type Attack } from '../attack.ts';

export default {
  aim: 'catches every exception and goes on',
  make: { body: 'for (;;) { try { for (;;); } catch {} finally { continue; } }' },
  reaches: 'run',
  ends: OUT_OF_TIME,
} satisfies Attack;
