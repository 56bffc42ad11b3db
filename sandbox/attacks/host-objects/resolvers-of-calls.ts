// A subclass of promises waits for host calls and collects whatever is handed to it.

import { NO_LOOT, type Attack } from '../attack.ts';

export default {
  aim: 'collects the resolvers of host calls',
  make: {
    body: `
      const seen: unknown[] = [];
      class Spy extends Promise<unknown> {
        constructor(executor: any) {
          super((resolve, reject) => {
            seen.push(resolve, reject);
            executor(resolve, reject);
          });
        }
      }
      await Spy.resolve(host.sleep(1));
      await Spy.all([host.sleep(1), host.sleep(2)]);
      await Reflect.apply(Promise.prototype.then, host.sleep(1), [(x: unknown) => seen.push(x)]);
      for (const x of seen) if (Object(x) === x && !(x instanceof Object)) loot.push('another realm');
    `,
  },
  reaches: 'run',
  ends: NO_LOOT,
} satisfies Attack;
