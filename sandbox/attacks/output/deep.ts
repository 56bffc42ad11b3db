// Returns lists in one another, 300,000 levels deep: whoever walks the answer by recursion overflows. Refused in the jail.

import type { Attack } from '../attack.ts';

export default {
  aim: 'returns JSON 300,000 levels deep',
  make: { body: 'let deep: any = {}; for (let i = 0; i < 300_000; i += 1) deep = [deep]; return { deep };' },
  manifest: { limits: { cpuMs: 3000 } },
  reaches: 'run',
  ends: { codes: ['LIMIT_OUTPUT', 'OUTPUT_INVALID', 'TOOL_INVALID'] },
} satisfies Attack;
