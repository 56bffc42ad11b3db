// Text made of bytes by the prelude’s own decoder, and kept. It has time enough for its memory to end it.

import { OUT_OF_MEMORY, type Attack } from '../attack.ts';

export default {
  aim: 'keeps what a decoder makes of its bytes',
  make: {
    setup: 'const bytes = new Uint8Array(2 ** 20).fill(65);',
    body: `
      const all = [];
      for (;;) all.push(new TextDecoder().decode(bytes));
    `,
  },
  manifest: { limits: { cpuMs: 5000, wallMs: 10_000, heapBytes: 16 * 2 ** 20 } },
  reaches: 'run',
  ends: OUT_OF_MEMORY,
} satisfies Attack;
