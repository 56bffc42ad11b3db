// Random numbers and the clock, left in a global: another call must begin with its own.

import { NO_LOOT, type Attack } from '../attack.ts';

export default {
  aim: 'looks for the chance of an earlier call',
  make: {
    body: `
      const g = globalThis as any;
      if (g.earlier !== undefined) loot.push('a context used before');
      g.earlier = [Math.random(), Date.now()];
      if (Math.random() === g.earlier[0]) loot.push('the same number twice');
    `,
  },
  calls: [{}, {}, {}],
  reaches: 'run',
  ends: NO_LOOT,
} satisfies Attack;
