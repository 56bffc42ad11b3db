// Replaces the functions the prelude is made of. It uses its own, taken before.

import { NO_LOOT, type Attack } from '../attack.ts';

export default {
  aim: 'replaces what the prelude calls',
  make: {
    body: `
      const evil = () => {
        loot.push('called');
        return 'evil';
      };
      for (const [o, keys] of [
        [JSON, ['parse', 'stringify']],
        [Reflect, ['apply', 'get', 'ownKeys']],
        [Object, ['freeze', 'keys']],
        [Function.prototype, ['call', 'apply', 'bind']],
      ] as any)
        for (const key of keys) {
          try {
            o[key] = evil;
          } catch {}
          Reflect.defineProperty(o, key, { value: evil });
        }
      for (const f of [JSON.stringify, Map.prototype.get, Reflect.apply] as any[])
        for (const key of ['call', 'apply']) Reflect.defineProperty(f, key, { value: evil });
      console.log('x');
      host.content.text('t');
      try {
        host.fail('x');
      } catch {}
      await host.sleep(1);
    `,
  },
  reaches: 'run',
  ends: NO_LOOT,
} satisfies Attack;
