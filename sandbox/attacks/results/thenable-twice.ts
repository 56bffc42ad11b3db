// A thenable that resolves, resolves again, rejects and throws. What it said first counts.

import { NO_LOOT, type Attack } from '../attack.ts';

export default {
  aim: 'returns a thenable that answers four times',
  make: {
    body: `
      return {
        then(resolve: any, reject: any) {
          resolve({ loot: [] });
          resolve({ loot: ['second'] });
          reject(new Error('third'));
          throw new Error('fourth');
        },
      };
    `,
  },
  reaches: 'run',
  ends: NO_LOOT,
} satisfies Attack;
