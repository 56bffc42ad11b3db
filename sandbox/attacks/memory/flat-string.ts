// One line past every heap limit: a rope of two-byte characters that a pattern makes V8 flatten, 1.1 GB outside the
// count. It has time enough for its memory to end it.

import type { Attack } from '../attack.ts';

export default {
  aim: 'flattens a text of a gigabyte',
  make: { body: "loot.push(/q/.test('\\u4e00'.repeat(2 ** 29 - 25)));" },
  manifest: { limits: { cpuMs: 5000, wallMs: 10_000 } },
  reaches: 'run',
  ends: { codes: ['LIMIT_HEAP', 'RUN_CRASHED', 'LIMIT_CPU'] },
} satisfies Attack;
