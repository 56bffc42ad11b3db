// Keeps what it allocates. Ended by the heap limit of its isolate, or by the memory cap of its process. It has time
// enough for its memory to end it.

import { OUT_OF_MEMORY, type Attack } from '../attack.ts';

export default {
  aim: 'fills its heap',
  make: { body: 'const all = []; for (;;) all.push(new Array(100_000).fill(all.length));' },
  manifest: { limits: { cpuMs: 10_000, wallMs: 20_000 } },
  reaches: 'run',
  ends: OUT_OF_MEMORY,
} satisfies Attack;
