// Two looping getters, one after the other, which defeat disposing an isolate. The cell is killed if it must be.

import { OUT_OF_TIME, type Attack } from '../attack.ts';

export default {
  aim: 'throws a value with two getters that never end',
  make: {
    body: `
      const e = new Error('x');
      for (const k of ['name', 'message', 'stack'])
        Object.defineProperty(e, k, {
          get() {
            for (;;);
          },
        });
      throw e;
    `,
  },
  reaches: 'run',
  ends: OUT_OF_TIME,
} satisfies Attack;
