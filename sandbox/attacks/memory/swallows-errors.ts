// Fills its heap and catches every error about it. It has time enough for its memory to end it.

import { OUT_OF_MEMORY, type Attack } from '../attack.ts';

export default {
  aim: 'fills its heap and catches the errors',
  make: {
    body: `
      const all: unknown[] = [];
      for (;;)
        try {
          for (;;) all.push(new Array(1000).fill(all));
        } catch {}
    `,
  },
  manifest: { limits: { cpuMs: 10_000, wallMs: 20_000 } },
  reaches: 'run',
  ends: OUT_OF_MEMORY,
} satisfies Attack;
