// A gigabyte of output, whose text would fill the host. It never leaves the isolate. It has time enough for its memory
// to end it.

import type { Attack } from '../attack.ts';

export default {
  aim: 'returns a gigabyte',
  make: { body: "return { parts: new Array(1024).fill('x'.repeat(2 ** 20)) };" },
  manifest: { limits: { cpuMs: 10_000, wallMs: 20_000 } },
  reaches: 'output',
  ends: { codes: ['LIMIT_OUTPUT', 'LIMIT_HEAP', 'RUN_CRASHED', 'TOOL_INVALID'] },
} satisfies Attack;
