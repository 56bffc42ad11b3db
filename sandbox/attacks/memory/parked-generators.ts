// Each generator that waits keeps its frame and all its variables. It has time enough for its memory to end it.

import { OUT_OF_MEMORY, type Attack } from '../attack.ts';

export default {
  aim: 'keeps generators that never go on',
  make: {
    body: `
      const all = [];
      function* wait() {
        const own = new Array(100).fill(0);
        yield own;
      }
      for (;;) {
        const one = wait();
        one.next();
        all.push(one);
      }
    `,
  },
  manifest: { limits: { cpuMs: 5000, wallMs: 10_000, heapBytes: 16 * 2 ** 20 } },
  reaches: 'run',
  ends: OUT_OF_MEMORY,
} satisfies Attack;
