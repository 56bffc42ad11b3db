// Catches the refusal of the call past its budget and goes on asking. Nothing more is sent; the result stands. It has
// more time than others, to get that far.

import { NO_LOOT, type Attack } from '../attack.ts';

export default {
  aim: 'goes on calling past its budget',
  make: {
    body: `
      let refused = 0;
      for (let i = 0; i < 5000; i += 1)
        await host.sleep(0).catch(() => {
          refused += 1;
        });
      if (refused < 4900) loot.push(refused);
    `,
  },
  manifest: { limits: { hostCalls: 20, cpuMs: 5000, wallMs: 10_000 } },
  reaches: 'run',
  ends: NO_LOOT,
} satisfies Attack;
