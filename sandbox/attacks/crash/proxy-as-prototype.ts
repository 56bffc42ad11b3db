// A proxy whose prototype is the proxy itself: a chain without an end that no check finds. It has more time than
// others, to get that far.

import { NO_LOOT, type Attack } from '../attack.ts';

export default {
  aim: 'makes a proxy its own prototype',
  make: {
    body: `
      const self: any = new Proxy({}, {});
      Object.setPrototypeOf(self, new Proxy(self, {}));
      for (const ask of [
        () => self.x,
        () => 'x' in self,
        () => self instanceof Map,
        () => {
          for (const key in self) loot.push(key);
        },
      ])
        try {
          ask();
        } catch (e) {
          if (!(e instanceof RangeError) && !(e instanceof TypeError)) loot.push(String(e));
        }
    `,
  },
  manifest: { limits: { cpuMs: 2000, wallMs: 3000 } },
  reaches: 'run',
  ends: NO_LOOT,
} satisfies Attack;
