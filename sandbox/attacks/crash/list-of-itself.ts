// A list of words that asks for itself while it is formatted, from native code back into the guest.

import type { Attack } from '../attack.ts';

export default {
  aim: 'formats a list that formats itself',
  make: {
    body: `
      const format = new Intl.ListFormat('en-US');
      const self: any = { [Symbol.iterator]: () => [format.format(self)][Symbol.iterator]() };
      format.format(self);
    `,
  },
  reaches: 'run',
  ends: { codes: ['TOOL_THREW'] },
} satisfies Attack;
