// Waits for the host until another run has the cell, then starts a loop that only a killed cell ends. The other one
// runs again.

import { OUT_OF_TIME, type Attack } from '../attack.ts';

export default {
  aim: "gets stuck when it is woken in another's time",
  make: { body: 'await host.sleep(5); Array.prototype.lastIndexOf.call({ length: 2 ** 53 - 1 }, 1);' },
  reaches: 'run',
  ends: OUT_OF_TIME,
} satisfies Attack;
