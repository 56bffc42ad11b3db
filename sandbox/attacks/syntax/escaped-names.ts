// Names written with escapes are names all the same: what looks for a word in the source does not find them.

import { NO_LOOT, type Attack } from '../attack.ts';

export default {
  aim: 'spells the forbidden names with escapes',
  make: {
    body: `
      for (const f of [
        () => \\u0065val('1'),
        () => (globalThis as any).pr\\u006fcess,
        () => (globalThis as any)['\\x72equire'],
        () => (() => {}).c\\u006fnstructor('return 1')(),
      ])
        try {
          const got = f();
          if (got !== undefined) loot.push(String(got));
        } catch {}
    `,
  },
  reaches: 'run',
  ends: NO_LOOT,
} satisfies Attack;
