// Formatters of Intl keep their tables in native memory no heap limit sees. The memory cap of the process holds.

import type { Attack } from '../attack.ts';

export default {
  aim: 'keeps formatters with native memory',
  make: {
    body: `
      const all = [];
      for (let i = 0; ; i += 1)
        all.push(
          new Intl.DateTimeFormat('en-US', {
            dateStyle: 'full',
            timeStyle: 'full',
            timeZone: i % 2 ? 'Asia/Tokyo' : 'Europe/Berlin',
          }).format(i),
        );
    `,
  },
  manifest: { limits: { cpuMs: 1000, wallMs: 10_000 } },
  reaches: 'run',
  ends: { codes: ['LIMIT_HEAP', 'RUN_CRASHED', 'LIMIT_CPU', 'LIMIT_WALL'] },
} satisfies Attack;
