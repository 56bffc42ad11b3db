// Replaces global names for its own script, and for whatever runs in the same realm afterwards.

import { NO_LOOT, type Attack } from '../attack.ts';

export default {
  aim: 'replaces the global names',
  make: {
    body: `
      for (const key of ['JSON', 'Reflect', 'Promise', 'Object', 'Array', 'console', 'undefined', 'globalThis'])
        try {
          Object.defineProperty(globalThis, key, { value: { evil: true } });
        } catch {}
    `,
  },
  reaches: 'run',
  ends: NO_LOOT,
} satisfies Attack;
