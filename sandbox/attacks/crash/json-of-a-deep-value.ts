// A value half a million levels deep. With a replacer, what writes JSON is recursive. It has more time than others, to
// get that far.

import type { Attack } from '../attack.ts';

export default {
  aim: 'writes a deep value as JSON',
  make: {
    setup: 'let deep: unknown = 0; for (let i = 0; i < 500_000; i += 1) deep = [deep];',
    body: 'JSON.stringify(deep, (_, value) => value);',
  },
  manifest: { limits: { cpuMs: 1000, wallMs: 2000 } },
  reaches: 'run',
  ends: { codes: ['TOOL_THREW'] },
} satisfies Attack;
