// The name of a capability, ten megabytes long, would come back in the refusal, if nobody cut it.

import { NO_LOOT, type Attack } from '../attack.ts';

export default {
  aim: 'calls a capability with a name of ten megabytes',
  make: {
    setup: "const name = 'x'.repeat(10_000_000);",
    body: `
      try {
        await host.call(name, {});
      } catch (e: any) {
        if (String(e.message).length > 5000) loot.push(e.message.length);
      }
    `,
  },
  reaches: 'run',
  ends: NO_LOOT,
} satisfies Attack;
