// A copy of a copy, each twice as large, by the function the prelude provides. It has time enough for its memory to end
// it.

import type { Attack } from '../attack.ts';

export default {
  aim: 'clones what it has cloned',
  make: {
    body: `
      let graph: unknown[] = [new Array(1000).fill({})];
      for (;;) graph = [graph, structuredClone(graph), structuredClone(graph)];
    `,
  },
  manifest: { limits: { cpuMs: 5000, wallMs: 10_000, heapBytes: 8 * 2 ** 20 } },
  reaches: 'run',
  ends: { codes: ['LIMIT_HEAP', 'RUN_CRASHED', 'LIMIT_CPU'] },
} satisfies Attack;
