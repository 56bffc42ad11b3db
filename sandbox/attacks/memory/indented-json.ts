// Ten spaces for each level, two thousand levels deep, ten thousand lines. It has time enough for its memory to end it.

import type { Attack } from '../attack.ts';

export default {
  aim: 'writes JSON with more indentation than text',
  make: {
    body: `
      let value: unknown = Array.from({ length: 10_000 }, () => 0);
      for (let i = 0; i < 2000; i += 1) value = [value];
      const all = [];
      for (;;) all.push(JSON.stringify(value, null, 10));
    `,
  },
  manifest: { limits: { cpuMs: 5000, wallMs: 10_000 } },
  reaches: 'run',
  ends: { codes: ['LIMIT_HEAP', 'RUN_CRASHED', 'TOOL_THREW'] },
} satisfies Attack;
