// Looks for a clock under every name one has had. There is none.

import { NO_LOOT, type Attack } from '../attack.ts';

export default {
  aim: 'looks for timers and clocks',
  make: {
    body: `
      for (const name of [
        'performance',
        'setTimeout',
        'setInterval',
        'setImmediate',
        'requestAnimationFrame',
        'Atomics',
        'SharedArrayBuffer',
        'process',
        'WeakRef',
        'FinalizationRegistry',
        'gc',
        'crypto',
        'Worker',
      ])
        if (name in globalThis) loot.push(name);
    `,
  },
  reaches: 'run',
  ends: NO_LOOT,
} satisfies Attack;
