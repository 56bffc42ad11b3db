// Each function that waits for a promise keeps its frame, and the promise all that wait for it. It has time enough for
// its memory to end it.

import { OUT_OF_MEMORY, type Attack } from '../attack.ts';

export default {
  aim: 'keeps functions that wait for one promise',
  make: {
    body: `
      const never = new Promise(() => {});
      const wait = async () => {
        const own = new Array(100).fill(0);
        await never;
        return own;
      };
      for (;;) void wait();
    `,
  },
  manifest: { limits: { cpuMs: 5000, wallMs: 10_000, heapBytes: 16 * 2 ** 20 } },
  reaches: 'run',
  ends: OUT_OF_MEMORY,
} satisfies Attack;
