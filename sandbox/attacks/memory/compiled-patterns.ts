// Each pattern is compiled where it is used first; its code lies in the heap. It has time enough for its memory to end
// it.

import type { Attack } from '../attack.ts';

export default {
  aim: 'compiles one pattern after another',
  make: {
    body: `
      const all: RegExp[] = [];
      for (let i = 0; ; i += 1) {
        const one = new RegExp('(?:[a-z]{1,50}|[^' + i + ']{2,60}x){1,9}$', 'u');
        one.test('a' + i);
        all.push(one);
      }
    `,
  },
  manifest: { limits: { cpuMs: 5000, wallMs: 10_000, heapBytes: 16 * 2 ** 20 } },
  reaches: 'run',
  ends: { codes: ['LIMIT_HEAP', 'RUN_CRASHED', 'LIMIT_CPU'] },
} satisfies Attack;
