// A pattern over all of Unicode without case is large when it is compiled, and slow where it almost fits.

import type { Attack } from '../attack.ts';

export default {
  aim: 'matches a pattern over all of Unicode',
  make: {
    body: `
      const text = 'ſK'.repeat(50_000);
      for (let i = 0; ; i += 1) new RegExp('(?<=(?:\\\\p{L}|\\\\p{M}|' + i + ')*)$x', 'iu').test(text);
    `,
  },
  reaches: 'run',
  ends: { codes: ['LIMIT_CPU', 'LIMIT_WALL'] },
} satisfies Attack;
