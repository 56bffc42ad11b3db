// Behaves while it is made, which it knows by the clock, and loops at the top level when it is called.

import { OUT_OF_TIME, type Attack } from '../attack.ts';

export default {
  aim: 'loops while it is loaded, but only for a call',
  make: {
    source: "console.log('the attack runs');\nif (Date.now() > 0) for (;;);\nexport default { run: () => ({}) };",
  },
  reaches: 'load',
  ends: OUT_OF_TIME,
} satisfies Attack;
