// One array of four billion entries. An error, or the end of its heap. It has time enough for its memory to end it.

import type { Attack } from '../attack.ts';

export default {
  aim: 'allocates everything at once',
  make: { body: 'loot.push(new Array(2 ** 24).fill(1.5).length, new Float64Array(2 ** 31).length);' },
  manifest: { limits: { cpuMs: 10_000, wallMs: 20_000 } },
  reaches: 'run',
  ends: { codes: ['LIMIT_HEAP', 'RUN_CRASHED', 'TOOL_THREW'] },
} satisfies Attack;
