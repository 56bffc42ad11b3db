// Leaves a mark for the next call of the same tool. Each call has a context of its own; the example calls it first.

import { NO_LOOT, type Attack } from '../attack.ts';

export default {
  aim: 'leaves a mark for the next call',
  make: {
    body: `
      const g = globalThis as any;
      for (const key of ['mark', Symbol.for('mark')]) {
        if (g[key] !== undefined) loot.push('marked');
        try {
          g[key] = 1;
        } catch {}
      }
      const f = host.log as any;
      if (f.mark !== undefined) loot.push('on host');
      try {
        f.mark = 1;
      } catch {}
      if (RegExp.$1 !== '') loot.push(RegExp.$1);
      /(secret)/.test('secret');
    `,
  },
  manifest: { examples: [{ input: {} }, { input: {} }] },
  reaches: 'run',
  ends: NO_LOOT,
} satisfies Attack;
