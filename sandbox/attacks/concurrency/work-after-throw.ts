// Throws at once and works on in promises left behind.

import { OUT_OF_TIME, type Attack } from '../attack.ts';

export default {
  aim: 'works on after it has thrown',
  make: { body: "void (async () => { for (;;) await null; })(); throw new Error('done');" },
  reaches: 'run',
  ends: OUT_OF_TIME,
} satisfies Attack;
