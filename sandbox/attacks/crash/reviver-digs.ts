// Whenever a value is revived, the next one becomes deeper: recursion that the text does not show.

import type { Attack } from '../attack.ts';

export default {
  aim: 'digs deeper while JSON is revived',
  make: {
    body: `
      JSON.parse('[0,0]', function (this: any, key, value) {
        if (key === '0') this[1] = [0, 0];
        return value;
      });
    `,
  },
  reaches: 'run',
  ends: { codes: ['TOOL_THREW'] },
} satisfies Attack;
