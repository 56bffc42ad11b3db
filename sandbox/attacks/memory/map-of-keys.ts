// A map that grows by doubling its table: the last doubling is the one past the limit. It has time enough for its
// memory to end it.

import type { Attack } from '../attack.ts';

export default {
  aim: 'grows a map without end',
  make: { body: 'const map = new Map(); for (let i = 0; ; i += 1) map.set(i, i);' },
  manifest: { limits: { cpuMs: 20_000, wallMs: 25_000 } },
  reaches: 'run',
  ends: { codes: ['LIMIT_HEAP', 'RUN_CRASHED', 'TOOL_THREW'] },
} satisfies Attack;
