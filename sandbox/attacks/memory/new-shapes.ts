// Each object has a shape of its own, and the engine keeps how it came to be. It has time enough for its memory to end
// it.

import { OUT_OF_MEMORY, type Attack } from '../attack.ts';

export default {
  aim: 'gives each object a shape of its own',
  make: {
    body: `
      const all: object[] = [];
      for (let i = 0; ; i += 1) {
        const one: any = {};
        for (let k = 0; k < 12; k += 1) one['key' + i + '_' + k] = k;
        all.push(one);
      }
    `,
  },
  manifest: { limits: { cpuMs: 5000, wallMs: 10_000, heapBytes: 8 * 2 ** 20 } },
  reaches: 'run',
  ends: OUT_OF_MEMORY,
} satisfies Attack;
