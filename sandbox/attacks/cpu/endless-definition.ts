// Behaves while it is made, and loops in a getter of its own definition when it is called.

import { OUT_OF_TIME, type Attack } from '../attack.ts';

export default {
  aim: 'loops while its definition is read, but only for a call',
  make: {
    source: `console.log('the attack runs');
export default { get run() { if (Date.now() > 0) for (;;); return () => ({}); } };`,
  },
  reaches: 'load',
  ends: OUT_OF_TIME,
} satisfies Attack;
