// A number JSON cannot say, with a toJSON that nobody can give it: its prototype is frozen.

import type { Attack } from '../attack.ts';

export default {
  aim: 'returns a number that JSON cannot say',
  make: {
    body: `
      try {
        (BigInt.prototype as any).toJSON = () => 'loot';
        loot.push('defined');
      } catch {}
      return { loot, n: 1n };
    `,
  },
  reaches: 'run',
  ends: { codes: ['TOOL_INVALID'] },
} satisfies Attack;
