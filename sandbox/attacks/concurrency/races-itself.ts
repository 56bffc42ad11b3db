// A hundred races whose losers go on: only the first to be there counts, and the others end with the run.

import { NO_LOOT, type Attack } from '../attack.ts';

export default {
  aim: 'leaves the losers of races behind',
  make: {
    body: `
      for (let i = 0; i < 100; i += 1) await Promise.race([null, host.sleep(10_000), new Promise(() => {})]);
    `,
  },
  manifest: { limits: { hostCalls: 200 } },
  reaches: 'run',
  ends: NO_LOOT,
} satisfies Attack;
