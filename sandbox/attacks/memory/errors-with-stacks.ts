// Each error keeps the frames it was made in. It has time enough for its memory to end it.

import { OUT_OF_MEMORY, type Attack } from '../attack.ts';

export default {
  aim: 'keeps errors with deep stacks',
  make: {
    body: `
      (Error as any).stackTraceLimit = 200;
      const all: unknown[] = [];
      const deep = (n: number): unknown => (n === 0 ? new Error('x'.repeat(100)) : deep(n - 1));
      for (;;) all.push(deep(200));
    `,
  },
  manifest: { limits: { cpuMs: 5000, wallMs: 10_000, heapBytes: 16 * 2 ** 20 } },
  reaches: 'run',
  ends: OUT_OF_MEMORY,
} satisfies Attack;
