// The sort of typed arrays is native code of its own.

import { OUT_OF_TIME, type Attack } from '../attack.ts';

export default {
  aim: 'sorts millions of bytes',
  make: {
    setup: 'const all = new Float64Array(2 ** 20);',
    body: 'for (;;) { for (let i = 0; i < all.length; i += 4096) all[i] = -i; all.sort(); }',
  },
  reaches: 'run',
  ends: OUT_OF_TIME,
} satisfies Attack;
