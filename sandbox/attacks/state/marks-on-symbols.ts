// A registered symbol is the same in all calls. Whatever hangs on it must not be.

import { NO_LOOT, type Attack } from '../attack.ts';

export default {
  aim: 'hangs values on registered symbols',
  make: {
    body: `
      const key = Symbol.for('glovebox.state');
      for (const holder of [globalThis, Symbol, key.constructor, Object(key), console, Date, Error] as any[]) {
        if (holder[key] !== undefined) loot.push(String(holder[key]));
        try {
          holder[key] = 'left';
        } catch {}
      }
    `,
  },
  calls: [{}, {}],
  reaches: 'run',
  ends: NO_LOOT,
} satisfies Attack;
