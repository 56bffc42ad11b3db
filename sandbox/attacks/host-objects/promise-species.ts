// Bends promises so that the prelude's own awaits run the tool's code and hand it their resolvers.

import { NO_LOOT, type Attack } from '../attack.ts';

export default {
  aim: 'bends the promises the prelude awaits',
  make: {
    body: `
      let seen = 0;
      const p = host.sleep(1);
      try {
        p.constructor = {
          [Symbol.species]: class {
            constructor(f: any) {
              seen += 1;
              f(
                () => {},
                () => {},
              );
            }
          },
        };
      } catch {}
      await p;
      for (const key of ['then', 'catch', 'finally', 'constructor'])
        if (
          Reflect.defineProperty(Promise.prototype, key, {
            value: () => {
              seen += 1;
            },
          })
        )
          loot.push(key);
      await host.sleep(1);
      if (seen > 1) loot.push(seen);
    `,
  },
  reaches: 'run',
  ends: NO_LOOT,
} satisfies Attack;
