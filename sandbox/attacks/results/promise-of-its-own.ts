// A promise whose then, constructor and species are its own, so that what awaits it runs its code.

import { NO_LOOT, type Attack } from '../attack.ts';

export default {
  aim: 'returns a promise of a class of its own',
  make: {
    body: `
      let calls = 0;
      class Own extends Promise<any> {
        static override get [Symbol.species](): any {
          calls += 1;
          return Promise;
        }
        override then(resolve: any, reject: any): any {
          calls += 1;
          if (calls > 10) loot.push('called again and again');
          return super.then(() => resolve({ loot: [...loot] }), reject);
        }
      }
      return Own.resolve({ loot: ['its own'] });
    `,
  },
  reaches: 'run',
  ends: NO_LOOT,
} satisfies Attack;
