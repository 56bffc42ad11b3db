// Values whose reading runs code, loops or throws, as things to be logged. Logging runs none of it.

import { NO_LOOT, type Attack } from '../attack.ts';

export default {
  aim: 'logs values that run code when they are read',
  make: {
    body: `
      const ran: string[] = [];
      const { proxy, revoke } = Proxy.revocable({}, {});
      revoke();
      const cycle: any = { list: [] };
      cycle.list.push(cycle);
      for (const value of [
        {
          get a() {
            ran.push('getter');
            for (;;);
          },
        },
        {
          toJSON() {
            ran.push('toJSON');
            for (;;);
          },
        },
        {
          toString() {
            ran.push('toString');
            for (;;);
          },
        },
        {
          [Symbol.toPrimitive]() {
            ran.push('toPrimitive');
            for (;;);
          },
        },
        {
          get [Symbol.toStringTag]() {
            ran.push('tag');
            for (;;);
          },
        },
        proxy,
        cycle,
        Symbol('x'),
        new Array(2 ** 31),
      ])
        console.log(value);
      if (ran.length > 0) loot.push(...ran);
    `,
  },
  reaches: 'run',
  ends: NO_LOOT,
} satisfies Attack;
