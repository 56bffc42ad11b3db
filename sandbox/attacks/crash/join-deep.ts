// A list within a list within a list as text: each join calls the next. It has more time than others, to get that far.

import type { Attack } from '../attack.ts';

export default {
  aim: 'turns a list of half a million levels into text',
  make: { setup: 'let deep: any = []; for (let i = 0; i < 500_000; i += 1) deep = [deep];', body: 'String(deep);' },
  manifest: { limits: { cpuMs: 1000, wallMs: 2000 } },
  reaches: 'run',
  ends: { codes: ['TOOL_THREW'] },
} satisfies Attack;
