// A thousand host calls at once. As many as may be on their way come back in the same moment; the others are refused. It
// has more time than others, to get that far.

import { NO_LOOT, type Attack } from '../attack.ts';

export default {
  aim: 'has itself woken a thousand times at once',
  make: {
    body: `
      let woken = 0;
      await Promise.allSettled(Array.from({ length: 1000 }, () => host.sleep(1).then(() => (woken += 1))));
      if (woken !== 256) loot.push(woken);
    `,
  },
  manifest: { limits: { cpuMs: 1000, wallMs: 3000 } },
  reaches: 'run',
  ends: NO_LOOT,
} satisfies Attack;
