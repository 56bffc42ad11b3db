// Looks for a realm behind structuredClone, where a native one copies errors and buffers of its own kind.

import { NO_LOOT, type Attack } from '../attack.ts';

export default {
  aim: 'looks for another realm behind structuredClone',
  make: {
    body: `
      for (const x of [new Error('x'), [1], { a: 1 }, new Map(), new Date(), /x/, new Uint8Array(1), new TypeError('y')])
        try {
          const copy = structuredClone(x);
          if (!(copy instanceof (x.constructor as any))) loot.push(x.constructor.name);
        } catch {}
    `,
  },
  reaches: 'run',
  ends: NO_LOOT,
} satisfies Attack;
