// Hides in the odd corners of async generators, whose `return` awaits a thenable of its own.

import { NO_LOOT, type Attack } from '../attack.ts';

export default {
  aim: 'hides in the return of an async generator',
  make: {
    body: `
      const g = (async function* () {
        try {
          yield 1;
        } finally {
          await host.sleep(1);
        }
      })();
      await g.next();
      let got: unknown;
      await g.return({
        then(resolve: any) {
          got = resolve;
          resolve(1);
        },
      } as any);
      if (got instanceof Function === false) loot.push('a resolver of another realm');
      const F: any = async function* () {}.constructor;
      try {
        loot.push(F('yield 1'));
      } catch {}
    `,
  },
  reaches: 'run',
  ends: NO_LOOT,
} satisfies Attack;
