// Each value of an endless iterator has a group of its own. It has time enough for its memory to end it.

import type { Attack } from '../attack.ts';

export default {
  aim: 'groups an endless iterator',
  make: { body: 'Map.groupBy((function* () { for (let i = 0; ; i += 1) yield i; })(), (i) => i);' },
  manifest: { limits: { cpuMs: 5000, wallMs: 10_000, heapBytes: 16 * 2 ** 20 } },
  reaches: 'run',
  ends: { codes: ['LIMIT_HEAP', 'RUN_CRASHED', 'LIMIT_CPU'] },
} satisfies Attack;
