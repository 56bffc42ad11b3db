// Brands and private names put on objects of the host by a class that returns them from its parent.

import { NO_LOOT, type Attack } from '../attack.ts';

export default {
  aim: 'puts private names on objects of the host',
  make: {
    body: `
      class Return {
        constructor(value: object) {
          return value;
        }
      }
      class Stamp extends Return {
        #mark = 1;
        static has(value: any) {
          return #mark in value;
        }
      }
      for (const target of [host, host.log, host.content, input, console, globalThis, Object.prototype, Math])
        try {
          new Stamp(target);
          if (!Stamp.has(target)) loot.push('a stamp that is gone');
        } catch (e) {
          if (!(e instanceof TypeError)) loot.push(String(e));
        }
      await host.sleep(1);
      host.log('still here');
    `,
  },
  reaches: 'run',
  ends: NO_LOOT,
} satisfies Attack;
