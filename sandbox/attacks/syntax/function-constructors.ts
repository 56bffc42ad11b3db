// Reaches the four constructors of functions through values of each kind, and through their parents.

import { NO_LOOT, type Attack } from '../attack.ts';

export default {
  aim: 'reaches the constructors of functions',
  make: {
    body: `
      for (const f of [
        function () {},
        async () => {},
        function* () {},
        async function* () {},
        class {},
        Math.max,
        host.log,
        console.log,
      ])
        for (let c: any = f.constructor; c && c !== Object.prototype; c = Object.getPrototypeOf(c))
          if (typeof c === 'function')
            try {
              const made = c('return 1');
              if (made !== undefined) loot.push(String(made));
            } catch {}
      for (const t of [Object, Array, Promise])
        try {
          loot.push(Reflect.construct(Function, ['return 1'], t));
        } catch {}
    `,
  },
  reaches: 'run',
  ends: NO_LOOT,
} satisfies Attack;
