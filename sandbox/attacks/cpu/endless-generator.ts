// Spreads a generator that never ends. It has more time than others, to get that far.

import type { Attack } from '../attack.ts';

export default {
  aim: 'spreads a generator without end',
  make: { body: 'const all = [...(function* () { for (;;) yield 0; })()]; loot.push(all.length);' },
  manifest: { limits: { cpuMs: 500, wallMs: 3000 } },
  reaches: 'run',
  ends: { codes: ['LIMIT_CPU', 'LIMIT_WALL', 'LIMIT_HEAP', 'RUN_CRASHED'] },
} satisfies Attack;
