// Throws a proxy all of whose traps loop. Whatever is asked of it is asked on the run's time.

import { OUT_OF_TIME, type Attack } from '../attack.ts';

export default {
  aim: 'throws a proxy that never answers',
  make: {
    body: `
      throw new Proxy(class {}, {
        get() {
          for (;;);
        },
        has() {
          for (;;);
        },
        getPrototypeOf() {
          for (;;);
        },
        ownKeys() {
          for (;;);
        },
      });
    `,
  },
  reaches: 'run',
  ends: OUT_OF_TIME,
} satisfies Attack;
