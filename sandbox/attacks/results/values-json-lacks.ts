// Values that JSON has no word for, and texts that are not Unicode.

import type { Attack } from '../attack.ts';

export default {
  aim: 'returns values that are not JSON',
  make: {
    body: `
      return {
        loot,
        a: NaN,
        b: -0,
        c: Infinity,
        d: undefined,
        e: () => 1,
        f: Symbol('x'),
        g: new Date(NaN),
        h: new Map([[1, 2]]),
        i: '\\ud800',
        j: new Uint8Array(2),
        k: /x/,
      };
    `,
  },
  reaches: 'run',
  ends: { output: { loot: [], a: null, b: 0, c: null, g: null, h: {}, i: '\ud800', j: { '0': 0, '1': 0 }, k: {} } },
} satisfies Attack;
