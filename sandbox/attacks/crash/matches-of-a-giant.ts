// Hundreds of millions of matches in one list. No error is thrown there: V8 ends its process. It has time enough for
// its memory to end it.

import type { Attack } from '../attack.ts';

export default {
  aim: 'collects hundreds of millions of matches',
  make: { body: "loot.push('x'.repeat(2 ** 28).match(/x/g)!.length);" },
  manifest: { limits: { cpuMs: 5000, wallMs: 10_000 } },
  reaches: 'run',
  ends: { codes: ['RUN_CRASHED', 'LIMIT_HEAP', 'LIMIT_CPU', 'TOOL_THREW'] },
} satisfies Attack;
