// Awaits without end, so that every turn of the loop is a fresh start for whoever counts by turns.

import { OUT_OF_TIME, type Attack } from '../attack.ts';

export default {
  aim: 'awaits without end',
  make: { body: 'for (;;) await null;' },
  reaches: 'run',
  ends: OUT_OF_TIME,
} satisfies Attack;
