// Changes the prototypes everything inherits from, for the code that runs after it. They are frozen.

import { NO_LOOT, type Attack } from '../attack.ts';

export default {
  aim: 'changes the prototypes of its realm',
  make: {
    body: `
      for (const C of [
        Object,
        Array,
        String,
        RegExp,
        Promise,
        Map,
        Set,
        Number,
        Function,
        Uint8Array,
        Date,
        Symbol,
        JSON,
        Reflect,
        Math,
      ] as any[])
        for (const p of [C, C.prototype]) {
          if (p === undefined) continue;
          if (Reflect.defineProperty(p, 'evil', { value: 1 })) loot.push('defined');
          for (const key of Reflect.ownKeys(p)) {
            const d = Reflect.getOwnPropertyDescriptor(p, key)!;
            if (d.configurable) loot.push(String(key));
          }
        }
    `,
  },
  reaches: 'run',
  ends: NO_LOOT,
} satisfies Attack;
