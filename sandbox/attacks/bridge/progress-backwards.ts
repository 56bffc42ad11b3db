// Progress that goes backwards, beyond its end, and to numbers that are none.

import { NO_LOOT, type Attack } from '../attack.ts';

export default {
  aim: 'reports progress that does not exist',
  make: {
    body: `
      for (const at of [0.9, 0.1, -1, 2, NaN, Infinity, '1', null, undefined, {}, [1], 1n] as any[])
        try {
          host.progress(at, at);
        } catch (e) {
          if (!(e instanceof TypeError) && !(e instanceof RangeError)) loot.push(String(e));
        }
    `,
  },
  reaches: 'run',
  ends: NO_LOOT,
} satisfies Attack;
