// A pattern that remembers where to go back to for each of thirty million characters. It has more time than others,
// to get that far.

import type { Attack } from '../attack.ts';

export default {
  aim: 'matches with a stack of thirty million places',
  make: { setup: "const text = 'ab'.repeat(2 ** 24);", body: 'loot.push(/^(?:a|ab|b)*c$/.test(text));' },
  manifest: { limits: { cpuMs: 2000, wallMs: 4000 } },
  reaches: 'run',
  ends: { codes: ['TOOL_THREW', 'LIMIT_CPU', 'LIMIT_HEAP', 'RUN_CRASHED'] },
} satisfies Attack;
