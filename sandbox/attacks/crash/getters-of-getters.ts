// Two getters that read each other until no stack is left, through all that reads properties.

import { NO_LOOT, type Attack } from '../attack.ts';

export default {
  aim: 'reads getters that read each other',
  make: {
    body: `
      const a: any = {};
      const b: any = {
        get x() {
          return a.x;
        },
      };
      Object.defineProperty(a, 'x', { get: () => b.x });
      for (const ask of [
        () => a.x,
        () => ({ ...a, ...b }),
        () => Object.entries(b),
        () => JSON.stringify(b),
        () => Object.assign({}, b),
        () => console.log(b),
      ])
        try {
          ask();
        } catch (e) {
          if (!(e instanceof RangeError)) loot.push(String(e));
        }
    `,
  },
  reaches: 'run',
  ends: NO_LOOT,
} satisfies Attack;
