// Awaits without end, so that every turn of the loop is a fresh start for whoever counts by turns.

import { OUT_OF_TIME, type Attack } from '../attack.ts';

export default {
  aim: 'awaits without end',
  make: { body: 'for (;;) await null;' },
  manifest: { limits: { cpuMs: 200, wallMs: 3000 } },
  reaches: 'run',
  ends: OUT_OF_TIME,
} satisfies Attack;
