// 300 bytes that compile to hundreds of megabytes: each member of an enum doubles the last. Bounded by the workshop.

import type { Attack } from '../attack.ts';

export default {
  aim: 'doubles a text with every member of an enum',
  make: {
    source: `enum A { a0 = 'xxxxxxxx', ${Array.from({ length: 26 }, (_, n) => `a${n + 1} = a${n} + a${n}`).join(', ')} }
export default { run: () => ({ a: A.a26 }) };`,
  },
  reaches: 'compile',
  ends: { codes: ['COMPILE_OUTPUT_LIMIT', 'MAKING_CRASHED', 'MAKING_TIMEOUT', 'COMPILE_FAILED'] },
  control: {
    make: {
      source: `enum A { a0 = 'xxxxxxxx', ${Array.from({ length: 6 }, (_, n) => `a${n + 1} = a${n} + a${n}`).join(', ')} }
export default { run: () => ({ a: A.a6 }) };`,
    },
  },
} satisfies Attack;
