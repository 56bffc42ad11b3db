// A toJSON that all objects would inherit. Prototypes are frozen.

import type { Attack } from '../attack.ts';

export default {
  aim: 'gives all objects a toJSON',
  make: {
    body: `
      for (const proto of [Object.prototype, Array.prototype, String.prototype, Number.prototype])
        if (Reflect.defineProperty(proto, 'toJSON', { value: () => 'gold' })) loot.push('defined');
      return { loot, a: [1], b: 'x', c: { d: 1 } };
    `,
  },
  reaches: 'run',
  ends: { output: { loot: [], a: [1], b: 'x', c: { d: 1 } } },
} satisfies Attack;
