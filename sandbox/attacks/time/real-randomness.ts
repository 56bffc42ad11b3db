// Looks for randomness that no seed explains.

import { NO_LOOT, type Attack } from '../attack.ts';

export default {
  aim: 'looks for real randomness',
  make: {
    body: `
      if ('crypto' in globalThis) loot.push('crypto');
      try {
        Math.random = () => 0.5;
        loot.push('assigned');
      } catch {}
      if (Reflect.defineProperty(Math, 'random', { value: () => 1 })) loot.push('defined');
      const x = Math.random();
      if (!(x >= 0 && x < 1)) loot.push(x);
    `,
  },
  reaches: 'run',
  ends: NO_LOOT,
} satisfies Attack;
