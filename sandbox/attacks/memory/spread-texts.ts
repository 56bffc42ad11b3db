// A text of a hundred million characters becomes as many texts in a list. It has time enough for its memory to end it.

import type { Attack } from '../attack.ts';

export default {
  aim: 'spreads the characters of a long text',
  make: { body: "loot.push([...'x'.repeat(100_000_000)].length);" },
  manifest: { limits: { cpuMs: 5000, wallMs: 10_000, heapBytes: 16 * 2 ** 20 } },
  reaches: 'run',
  ends: { codes: ['LIMIT_HEAP', 'RUN_CRASHED', 'TOOL_THREW'] },
} satisfies Attack;
