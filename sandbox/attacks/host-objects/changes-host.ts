// Changes the host object it was given, and the context in it. Both are frozen.

import { NO_LOOT, type Attack } from '../attack.ts';

export default {
  aim: 'changes the host object',
  make: {
    body: `
      for (const o of [host, host.content, host.log, Object.getPrototypeOf(host)])
        for (const key of Reflect.ownKeys(o))
          if (
            typeof o !== 'function' &&
            (Reflect.set(o, key, 1) || Reflect.defineProperty(o, key, { value: 1 }) || Reflect.deleteProperty(o, key))
          )
            loot.push(String(key));
      if (Reflect.setPrototypeOf(host, null) || Reflect.set(host, 'x', 1)) loot.push('host');
    `,
  },
  reaches: 'run',
  ends: NO_LOOT,
} satisfies Attack;
