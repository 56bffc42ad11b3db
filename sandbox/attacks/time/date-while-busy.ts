// Measures its own work with every clock that Date is. The clock stands still while the tool runs.

import { NO_LOOT, type Attack } from '../attack.ts';

export default {
  aim: 'measures time with Date',
  make: {
    body: `
      const read = () =>
        [
          Date.now(),
          new Date().getTime(),
          Date(),
          new Date().toISOString(),
          Reflect.construct(Date, []).getTime(),
          new (class extends Date {})().getTime(),
        ].join();
      const before = read();
      for (let i = 0; i < 3_000_000; i += 1);
      if (read() !== before) loot.push(before, read());
    `,
  },
  reaches: 'run',
  ends: NO_LOOT,
} satisfies Attack;
