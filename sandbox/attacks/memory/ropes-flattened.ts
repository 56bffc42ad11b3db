// Ropes cost nothing until they are read. Each of these is flattened, and kept. It has time enough for its memory to
// end it.

import { OUT_OF_MEMORY, type Attack } from '../attack.ts';

export default {
  aim: 'flattens one rope after another',
  make: {
    body: `
      const all: string[] = [];
      for (let i = 0; ; i += 1) {
        let rope = '\\u4e00' + i;
        while (rope.length < 2 ** 22) rope += rope;
        rope.charCodeAt(2 ** 21);
        JSON.stringify(rope);
        all.push(rope);
      }
    `,
  },
  manifest: { limits: { cpuMs: 5000, wallMs: 10_000, heapBytes: 16 * 2 ** 20 } },
  reaches: 'run',
  ends: OUT_OF_MEMORY,
} satisfies Attack;
