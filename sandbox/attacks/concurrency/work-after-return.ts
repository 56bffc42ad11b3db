// Returns at once and works on in promises left behind, in time nobody is billed for. The run lasts until they are
// done.

import { OUT_OF_TIME, type Attack } from '../attack.ts';

export default {
  aim: 'works on after it has returned',
  make: {
    body: `
      const work = async () => {
        for (;;) {
          for (let i = 0; i < 1000; i += 1);
          await null;
        }
      };
      void work();
    `,
  },
  reaches: 'run',
  ends: OUT_OF_TIME,
} satisfies Attack;
