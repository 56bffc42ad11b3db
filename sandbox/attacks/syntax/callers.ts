// Walks up the stack by `caller` and `arguments`. Everything is strict.

import { NO_LOOT, type Attack } from '../attack.ts';

export default {
  aim: 'walks up to its callers',
  make: {
    body: `
      const at = {
        toJSON(): unknown {
          return undefined;
        },
      };
      for (const f of [at.toJSON, host.log, host.sleep])
        for (const key of ['caller', 'arguments', 'callee'])
          try {
            const x = (f as any)[key];
            if (x !== null && x !== undefined) loot.push(typeof x);
          } catch {}
    `,
  },
  reaches: 'run',
  ends: NO_LOOT,
} satisfies Attack;
