// Ends its run from within the very text of its result, through every method of the host.

import { NO_LOOT, type Attack } from '../attack.ts';

export default {
  aim: 'calls the host while its result is written',
  make: {
    body: `
      let depth = 0;
      return {
        loot,
        get x() {
          if (depth++ < 5) {
            void host.sleep(1);
            host.log('again');
            try {
              host.fail('x');
            } catch {}
          }
          return undefined;
        },
      };
    `,
  },
  reaches: 'run',
  ends: NO_LOOT,
} satisfies Attack;
