// Arguments whose `toJSON` calls the host again, so that calls meet half way. Each is made whole.

import { NO_LOOT, type Attack } from '../attack.ts';

export default {
  aim: 'calls the host while a call is written',
  make: {
    body: `
      let depth = 0;
      const args: any = {
        get ms() {
          if (depth++ < 50) void host.call('time.sleep', args);
          return 0;
        },
      };
      await host.call('time.sleep', args);
    `,
  },
  reaches: 'run',
  ends: NO_LOOT,
} satisfies Attack;
