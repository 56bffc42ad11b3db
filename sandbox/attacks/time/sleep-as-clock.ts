// Uses the host's answers as a clock: how much time has passed is what it asked for, whatever the machine did.

import { NO_LOOT, type Attack } from '../attack.ts';

export default {
  aim: 'measures time by sleeping',
  make: {
    body: `
      const before = Date.now();
      await host.sleep(5);
      for (let i = 0; i < 1_000_000; i += 1);
      await host.sleep(5);
      if (Date.now() - before !== 10) loot.push(Date.now() - before);
    `,
  },
  reaches: 'run',
  ends: NO_LOOT,
} satisfies Attack;
