// Arguments JSON has no word for: cycles, functions, big numbers, proxies that are revoked.

import { NO_LOOT, type Attack } from '../attack.ts';

export default {
  aim: 'sends arguments that are not JSON',
  make: {
    body: `
      const cycle: any = {};
      cycle.self = cycle;
      const { proxy, revoke } = Proxy.revocable({}, {});
      revoke();
      for (const args of [
        cycle,
        1n,
        proxy,
        {
          get ms() {
            throw new TypeError('x');
          },
        },
        {
          toJSON() {
            throw new TypeError('x');
          },
        },
      ])
        try {
          loot.push(await host.call('time.sleep', args));
        } catch (e) {
          if (!(e instanceof TypeError)) loot.push(String(e));
        }
      for (const args of [() => 1, Symbol('x'), undefined, NaN])
        if ((await host.call('time.sleep', args)) !== null) loot.push('an answer');
    `,
  },
  reaches: 'run',
  ends: NO_LOOT,
} satisfies Attack;
