// A thousand host calls at once, all of which come back in the same moment. It has more time than others, to get that
// far.

import { NO_LOOT, type Attack } from '../attack.ts';

export default {
  aim: 'is woken a thousand times at once',
  make: {
    body: `
      let woken = 0;
      await Promise.allSettled(Array.from({ length: 900 }, () => host.sleep(1).then(() => (woken += 1))));
      if (woken > 900) loot.push(woken);
    `,
  },
  manifest: { limits: { cpuMs: 1000, wallMs: 3000 } },
  reaches: 'run',
  ends: NO_LOOT,
} satisfies Attack;
