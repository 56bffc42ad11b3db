// A toJSON that writes other arguments than it was checked with; the host sees text, once.

import { NO_LOOT, type Attack } from '../attack.ts';

export default {
  aim: 'writes arguments that change',
  make: {
    body: `
      let reads = 0;
      const args = {
        get ms() {
          reads += 1;
          return reads === 1 ? 1 : 1e9;
        },
      };
      const before = Date.now();
      await host.call('time.sleep', args);
      if (reads !== 1) loot.push(reads);
      if (Date.now() - before > 100) loot.push(Date.now() - before);
    `,
  },
  reaches: 'run',
  ends: NO_LOOT,
} satisfies Attack;
