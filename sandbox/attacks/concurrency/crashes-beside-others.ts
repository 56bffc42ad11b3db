// One of four calls at once brings down its process; the others were parked, or wait, and are run again. It has more
// time than others, to get that far.

import { NO_LOOT, type Attack } from '../attack.ts';

export default {
  aim: 'crashes beside its own other calls',
  make: {
    body: `
      await host.sleep(20);
      if (input.crash) Array.prototype.sort.call({ length: 2 ** 53 - 1 });
      await host.sleep(20);
    `,
  },
  manifest: { limits: { cpuMs: 200, wallMs: 3000 } },
  calls: [{ input: { crash: true }, ends: { codes: ['RUN_CRASHED'] } }, { input: {} }, { input: {} }, { input: {} }],
  together: true,
  reaches: 'run',
  ends: NO_LOOT,
} satisfies Attack;
