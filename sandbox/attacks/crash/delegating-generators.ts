// A generator that delegates to one like itself, 20,000 deep: each step goes through all of them. It has more time than
// others, to get that far.

import type { Attack } from '../attack.ts';

export default {
  aim: 'delegates to a generator, 20,000 deep',
  make: {
    body: `
      function* deep(n: number): Generator<number> {
        yield n;
        yield* deep(n + 1);
      }
      for (const n of deep(0)) if (n > 20_000) break;
    `,
  },
  manifest: { limits: { cpuMs: 1000, wallMs: 2000 } },
  reaches: 'run',
  ends: { codes: ['TOOL_THREW', 'LIMIT_CPU', 'LIMIT_WALL'] },
} satisfies Attack;
