// Arguments a hundred thousand levels deep, which whoever reads them must not follow down. It has more time than
// others, to get that far.

import { NO_LOOT, type Attack } from '../attack.ts';

export default {
  aim: 'sends arguments 100,000 levels deep',
  make: {
    setup: 'let deep: any = 0; for (let i = 0; i < 100_000; i += 1) deep = [deep];',
    body: `
      try {
        await host.call('time.sleep', { ms: 0, deep });
      } catch (e: any) {
        if (e.code !== 'CALL_INVALID') throw e;
      }
    `,
  },
  manifest: { limits: { cpuMs: 1000, wallMs: 2000 } },
  reaches: 'run',
  ends: NO_LOOT,
} satisfies Attack;
