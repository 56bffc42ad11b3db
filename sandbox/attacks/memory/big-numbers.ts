// Numbers with a million bits each, and kept. It has time enough for its memory to end it.

import { OUT_OF_MEMORY, type Attack } from '../attack.ts';

export default {
  aim: 'keeps numbers with a million bits',
  make: {
    body: `
      const all = [];
      for (let i = 1n; ; i += 1n) all.push(i << 8_000_000n);
    `,
  },
  manifest: { limits: { cpuMs: 5000, wallMs: 10_000, heapBytes: 16 * 2 ** 20 } },
  reaches: 'run',
  ends: OUT_OF_MEMORY,
} satisfies Attack;
