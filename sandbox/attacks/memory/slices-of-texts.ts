// A slice of a text keeps the whole of it: thirteen characters for a megabyte. It has time enough for its memory to end
// it.

import type { Attack } from '../attack.ts';

export default {
  aim: 'keeps slices of large texts',
  make: {
    body: `
      const all: string[] = [];
      for (let i = 0; ; i += 1) all.push(JSON.parse('"' + String(i).padEnd(2 ** 20, 'x') + '"').slice(0, 13));
    `,
  },
  manifest: { limits: { cpuMs: 5000, wallMs: 10_000, heapBytes: 16 * 2 ** 20 } },
  reaches: 'run',
  ends: { codes: ['LIMIT_HEAP', 'RUN_CRASHED'] },
} satisfies Attack;
