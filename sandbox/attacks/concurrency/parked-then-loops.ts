// Waits for the host until another run has the cell, then loops: the other one must not be blamed, nor pay.

import { OUT_OF_TIME, type Attack } from '../attack.ts';

export default {
  aim: "loops when it is woken in another's time",
  make: { body: 'await host.sleep(5); for (;;);' },
  reaches: 'run',
  ends: OUT_OF_TIME,
} satisfies Attack;
