// Returns lists in one another, 300,000 levels deep: whoever walks the answer by recursion overflows. Refused in the
// jail. It has more time than others, to get that far.

import type { Attack } from '../attack.ts';

export default {
  aim: 'returns JSON 300,000 levels deep',
  make: { body: 'let deep: any = {}; for (let i = 0; i < 300_000; i += 1) deep = [deep]; return { deep };' },
  manifest: { limits: { cpuMs: 3000, wallMs: 6000 } },
  reaches: 'run',
  ends: { codes: ['LIMIT_OUTPUT', 'OUTPUT_INVALID', 'TOOL_INVALID'] },
} satisfies Attack;
