// A result that is another one each time it is read: once for the check, once for the caller. It is read once.

import { NO_LOOT, type Attack } from '../attack.ts';

export default {
  aim: 'returns a result that changes when it is read',
  make: {
    body: `
      let reads = 0;
      return {
        get loot() {
          reads += 1;
          return reads === 1 ? [] : ['gold'];
        },
        toJSON: undefined,
      };
    `,
  },
  manifest: { outputSchema: { type: 'object', properties: { loot: { type: 'array', maxItems: 0 } } } },
  reaches: 'output',
  ends: NO_LOOT,
} satisfies Attack;
