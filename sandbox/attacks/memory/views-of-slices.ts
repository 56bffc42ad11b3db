// Each slice of a buffer is a buffer of its own, outside the heap. It has time enough for its memory to end it.

import type { Attack } from '../attack.ts';

export default {
  aim: 'keeps slices of a buffer',
  make: {
    setup: 'const buffer = new ArrayBuffer(2 ** 24);',
    body: `
      const all = [];
      for (;;) all.push(buffer.slice(1));
    `,
  },
  manifest: { limits: { cpuMs: 5000, wallMs: 10_000 } },
  reaches: 'run',
  ends: { codes: ['LIMIT_HEAP', 'RUN_CRASHED', 'TOOL_THREW'] },
} satisfies Attack;
