// A function bound to a function bound to a function, half a million times. It has more time than others, to get that
// far.

import { NO_LOOT, type Attack } from '../attack.ts';

export default {
  aim: 'calls a function that is bound half a million times',
  make: {
    setup: `
      let chain: any = () => 1;
      for (let i = 0; i < 500_000; i += 1) chain = Function.prototype.bind.call(chain, null);
    `,
    body: `
      for (const ask of [() => chain(), () => Reflect.construct(chain, []), () => ({}) instanceof chain])
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
