// super, in an object whose prototype is another each time, reaches what this does not.

import { NO_LOOT, type Attack } from '../attack.ts';

export default {
  aim: 'climbs by super',
  make: {
    body: `
      const climb: any = {
        up(key: string) {
          return super[key as never] as any;
        },
      };
      for (const proto of [host, host.log, input, globalThis, Function.prototype, Object.getPrototypeOf(host)])
        try {
          Object.setPrototypeOf(climb, proto);
          for (const key of ['constructor', '__proto__', 'caller', 'process']) {
            const got = climb.up(key);
            if (typeof got === 'function') got('return 1');
          }
        } catch (e) {
          if (!(e instanceof Error)) loot.push('an error of another realm');
        }
    `,
  },
  reaches: 'run',
  ends: NO_LOOT,
} satisfies Attack;
