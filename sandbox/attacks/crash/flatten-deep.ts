// A list half a million levels deep, made flat by a recursive builtin. It has more time than others, to get that far.

import type { Attack } from '../attack.ts';

export default {
  aim: 'flattens a list of half a million levels',
  make: {
    setup: 'let deep: any = []; for (let i = 0; i < 500_000; i += 1) deep = [deep];',
    body: 'deep.flat(Infinity);',
  },
  manifest: { limits: { cpuMs: 1000, wallMs: 2000 } },
  reaches: 'run',
  ends: { codes: ['TOOL_THREW'] },
} satisfies Attack;
