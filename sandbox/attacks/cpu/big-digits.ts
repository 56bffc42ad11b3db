// A number of a quarter of a million digits as text: division after division. It has more time than others, to get that
// far.

import { OUT_OF_TIME, type Attack } from '../attack.ts';

export default {
  aim: 'writes a number of a quarter of a million digits',
  make: { setup: 'let n = 3n; while (n.toString(16).length < 200_000) n *= n;', body: 'for (;;) n.toString();' },
  manifest: { limits: { cpuMs: 500, wallMs: 1500 } },
  reaches: 'run',
  ends: OUT_OF_TIME,
} satisfies Attack;
