// A list so large that its growth cannot be refused by an error: V8 ends its process. It has time enough for its memory
// to end it.

import type { Attack } from '../attack.ts';

export default {
  aim: 'grows a list past what can be refused',
  make: {
    body: `
      const list: number[] = [];
      for (let i = 0; i < 2 ** 26; i += 1) list[i] = i + 0.5;
      for (;;) list.push(...list);
    `,
  },
  manifest: { limits: { cpuMs: 5000, wallMs: 10_000 } },
  reaches: 'run',
  ends: { codes: ['RUN_CRASHED', 'LIMIT_HEAP', 'LIMIT_CPU', 'TOOL_THREW'] },
} satisfies Attack;
