// A template literal calls its tag, without a parenthesis to be seen.

import { NO_LOOT, type Attack } from '../attack.ts';

export default {
  aim: 'calls constructors by template literals',
  make: {
    body: `
      for (const tag of [
        [].filter.constructor,
        (async () => {}).constructor,
        function* () {}.constructor,
        eval,
      ] as any[])
        try {
          const made = tag\`return 1\`;
          loot.push(typeof made === 'function' ? 'a function' : String(made));
        } catch {}
    `,
  },
  reaches: 'run',
  ends: NO_LOOT,
} satisfies Attack;
