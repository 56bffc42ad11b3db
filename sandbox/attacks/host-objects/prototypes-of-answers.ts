// What the host answers is made of the realm of the tool, and of nothing else.

import { NO_LOOT, type Attack } from '../attack.ts';

export default {
  aim: 'looks at the prototypes of what the host gives it',
  make: {
    body: `
      const answers: any[] = [
        input,
        host.context,
        await host.sleep(0),
        await host.call('time.sleep', { ms: 0 }),
        await host.call('kv.read', 1).catch((e: any) => e),
      ];
      for (const value of answers) {
        if (Object(value) !== value) continue;
        const proto = Object.getPrototypeOf(value);
        if (![Object.prototype, Array.prototype, Error.prototype, null].includes(proto)) loot.push(String(proto));
        if (Reflect.ownKeys(value).some((key) => typeof key === 'symbol')) loot.push('a symbol');
      }
    `,
  },
  reaches: 'run',
  ends: NO_LOOT,
} satisfies Attack;
