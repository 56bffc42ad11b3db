// Two million brackets as text. The engine’s parser keeps its own stack. It has more time than others, to get that far.

import { NO_LOOT, type Attack } from '../attack.ts';

export default {
  aim: 'parses two million brackets',
  make: {
    body: `
      const deep = JSON.parse('['.repeat(1_000_000) + ']'.repeat(1_000_000));
      if (deep.length !== 1) loot.push(deep.length);
    `,
  },
  manifest: { limits: { cpuMs: 5000, wallMs: 10_000 } },
  reaches: 'run',
  ends: NO_LOOT,
} satisfies Attack;
