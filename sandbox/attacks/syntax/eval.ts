// Runs text as code, directly and indirectly. Text does not become code in a tool.

import { NO_LOOT, type Attack } from '../attack.ts';

export default {
  aim: 'evaluates text',
  make: {
    body: `
      for (const f of [() => eval('1'), () => (0, eval)('1'), () => Reflect.apply(globalThis.eval, null, ['1'])])
        try {
          loot.push(f());
        } catch {}
    `,
  },
  reaches: 'run',
  ends: NO_LOOT,
} satisfies Attack;
