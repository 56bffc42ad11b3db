// Methods of the host taken off it, bound to others, and called as constructors.

import { NO_LOOT, type Attack } from '../attack.ts';

export default {
  aim: 'calls methods of the host on other objects',
  make: {
    body: `
      for (const method of [host.log, host.sleep, host.call, host.progress, host.content.text, host.fail])
        for (const ask of [
          () => Reflect.apply(method, globalThis, []),
          () => new (method as any)(),
          () => Reflect.construct(Object, [], method),
          () => method.bind(null)(),
          () => method.prototype,
          () => class extends (method as any) {},
        ])
          try {
            const got = ask();
            if (Object(got) === got && typeof got === 'object' && !(got instanceof Object)) loot.push('another realm');
            await got;
          } catch (e) {
            if (!(e instanceof Error)) loot.push('an error of another realm');
          }
    `,
  },
  reaches: 'run',
  ends: NO_LOOT,
} satisfies Attack;
