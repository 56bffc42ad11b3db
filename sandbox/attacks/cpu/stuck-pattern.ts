// A pattern of its own making that never moves on. The loop is the engine’s, and calls back at each turn.

import type { Attack } from '../attack.ts';

export default {
  aim: 'replaces by a pattern that never moves on',
  make: {
    body: `
      class Stuck extends RegExp {
        override exec(): any {
          this.lastIndex = 0;
          return { index: 0, length: 1, 0: '' };
        }
      }
      new Stuck('x', 'g')[Symbol.replace]('x'.repeat(100), 'y');
    `,
  },
  reaches: 'run',
  ends: { codes: ['LIMIT_CPU', 'LIMIT_WALL', 'LIMIT_HEAP', 'RUN_CRASHED'] },
} satisfies Attack;
