// Goes on talking when the run has ended: from getters of its result, from promises it left behind.

import { NO_LOOT, type Attack } from '../attack.ts';

export default {
  aim: 'goes on after its end',
  make: {
    body: `
      void Promise.resolve().then(async () => {
        for (let i = 0; i < 100; i += 1) await null;
        console.log('late');
        host.content.text('late');
      });
      return {
        loot,
        get late() {
          console.log('later');
          host.progress(1);
          return undefined;
        },
      };
    `,
  },
  reaches: 'run',
  ends: NO_LOOT,
} satisfies Attack;
