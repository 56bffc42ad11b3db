// Registered symbols belong to the isolate and not to a context; nothing but their isolate ends them. It has time
// enough for its memory to end it.

import { OUT_OF_MEMORY, type Attack } from '../attack.ts';

export default {
  aim: 'registers symbols without end',
  make: { body: "for (let i = 0; ; i += 1) Symbol.for('symbol'.repeat(200) + i);" },
  manifest: { limits: { cpuMs: 5000, wallMs: 10_000, heapBytes: 16 * 2 ** 20 } },
  reaches: 'run',
  ends: OUT_OF_MEMORY,
} satisfies Attack;
