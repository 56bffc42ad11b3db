// A pattern of four million parts: its code would be larger than code may be. It has more time than others, to get that
// far.

import type { Attack } from '../attack.ts';

export default {
  aim: 'compiles a pattern of four million parts',
  make: { body: "new RegExp('[ab]'.repeat(2 ** 22)).test('ab');" },
  manifest: { limits: { cpuMs: 5000, wallMs: 10_000 } },
  reaches: 'run',
  ends: { codes: ['TOOL_THREW', 'LIMIT_HEAP', 'RUN_CRASHED'] },
} satisfies Attack;
