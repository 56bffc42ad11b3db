// Marks every prototype and constructor it can, by every way to do so; the next call looks for the marks.

import { NO_LOOT, type Attack } from '../attack.ts';

export default {
  aim: 'marks prototypes for the next call',
  make: {
    body: `
      const marks = [
        Object.prototype,
        Array.prototype,
        Function.prototype,
        String.prototype,
        RegExp.prototype,
        Promise.prototype,
        Error.prototype,
        Map.prototype,
        Object.getPrototypeOf(async () => {}),
        Object.getPrototypeOf(Int8Array),
        Iterator.prototype,
        Intl,
        Temporal,
        JSON,
        Math,
        console,
        host,
        host.log,
      ] as any[];
      for (const mark of marks) {
        if (mark.mark !== undefined || mark[Symbol.for('mark')] !== undefined) loot.push('marked');
        for (const key of ['mark', Symbol.for('mark')])
          try {
            Reflect.defineProperty(mark, key, { value: 1, configurable: true }) || Reflect.set(mark, key, 1);
          } catch {}
      }
    `,
  },
  calls: [{}, {}, {}],
  reaches: 'run',
  ends: NO_LOOT,
} satisfies Attack;
