// A pattern of its own making whose match has 2^53 groups. The loop over them is the engine’s.

import type { Attack } from '../attack.ts';

export default {
  aim: 'replaces by a match with 2^53 groups',
  make: {
    body: `
      const match = { index: 0, length: 2 ** 53 - 1, 0: '' };
      RegExp.prototype[Symbol.replace].call({ flags: '', exec: () => match } as any, 'x', 'y');
    `,
  },
  reaches: 'run',
  ends: { codes: ['LIMIT_CPU', 'LIMIT_WALL', 'LIMIT_HEAP', 'RUN_CRASHED'] },
} satisfies Attack;
