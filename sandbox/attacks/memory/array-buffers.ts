// Bytes outside the JavaScript heap, which its limit counts late or not at all. The memory cap of the process holds. It
// has time enough for its memory to end it.

import type { Attack } from '../attack.ts';

export default {
  aim: 'keeps buffers outside its heap',
  make: { body: 'const all = []; for (;;) all.push(new Uint8Array(16 * 1024 * 1024).fill(1));' },
  manifest: { limits: { cpuMs: 10_000, wallMs: 20_000 } },
  reaches: 'run',
  ends: { codes: ['LIMIT_HEAP', 'RUN_CRASHED', 'TOOL_THREW'] },
} satisfies Attack;
