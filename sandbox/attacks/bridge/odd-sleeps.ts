// Sleeps for no time that there is. Refused inside as what they are.

import { NO_LOOT, type Attack } from '../attack.ts';

export default {
  aim: 'sleeps for times that do not exist',
  make: {
    body: `
      for (const ms of [-1, NaN, Infinity, '1', null, {}, [], 1n, { valueOf: () => 1 }] as any[])
        try {
          await host.sleep(ms);
          loot.push(String(ms));
        } catch (e) {
          if (!(e instanceof RangeError)) loot.push(String(e));
        }
      for (const args of [undefined, null, { ms: 'x' }, { ms: -5 }, { ms: { a: 1 } }])
        if ((await host.call('time.sleep', args)) !== null) loot.push('answer');
    `,
  },
  reaches: 'run',
  ends: NO_LOOT,
} satisfies Attack;
