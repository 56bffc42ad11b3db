// A value 300,000 levels deep through the function the prelude provides. It has more time than others, to get
// that far.

import type { Attack } from '../attack.ts';

export default {
  aim: 'clones a deep value',
  make: {
    setup: 'let deep: unknown = {}; for (let i = 0; i < 300_000; i += 1) deep = { deep };',
    body: 'structuredClone(deep);',
  },
  manifest: { limits: { cpuMs: 1000, wallMs: 2000 } },
  reaches: 'run',
  ends: { codes: ['TOOL_THREW'] },
} satisfies Attack;
