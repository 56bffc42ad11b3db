// Another tool of the same tenant ran before, in the same cell, and left what it could.

import { NO_LOOT, type Attack } from '../attack.ts';

export default {
  aim: 'looks for what another tool has left',
  make: {
    body: `
      for (const key of ['left', Symbol.for('left')])
        for (const holder of [globalThis, Object.prototype, Array, console, host, host.log, Intl, Math] as any[])
          if (holder[key] !== undefined) loot.push(String(key));
      if (RegExp.$1 !== '') loot.push(RegExp.$1);
      if (Reflect.ownKeys(globalThis).some((key) => String(key).includes('left'))) loot.push('a global name');
    `,
  },
  before: [
    {
      make: {
        body: `
          for (const key of ['left', Symbol.for('left')])
            for (const holder of [globalThis, Object.prototype, Array, console, host, host.log, Intl, Math] as any[])
              try {
                holder[key] = 'left';
              } catch {}
          /(left)/.test('left');
        `,
      },
      inputs: [{}, {}],
    },
  ],
  reaches: 'run',
  ends: NO_LOOT,
} satisfies Attack;
