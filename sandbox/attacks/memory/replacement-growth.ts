// A replacement that inserts all that stands before it, at each of 8,000 places. It has time enough for its memory to
// end it.

import type { Attack } from '../attack.ts';

export default {
  aim: 'replaces each character by all before it',
  make: {
    body: `
      const all = [];
      for (;;) all.push('a'.repeat(8000).replace(/a/g, '$\`'));
    `,
  },
  manifest: { limits: { cpuMs: 5000, wallMs: 10_000, heapBytes: 16 * 2 ** 20 } },
  reaches: 'run',
  ends: { codes: ['LIMIT_HEAP', 'RUN_CRASHED', 'TOOL_THREW'] },
} satisfies Attack;
