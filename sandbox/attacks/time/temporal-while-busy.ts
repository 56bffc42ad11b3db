// Measures with Temporal, whose clock has nanoseconds where only Date was replaced. It is the same clock.

import { NO_LOOT, type Attack } from '../attack.ts';

export default {
  aim: 'measures time with Temporal',
  make: {
    body: `
      const { Now } = (globalThis as any).Temporal;
      const read = () =>
        [Now.instant().epochNanoseconds, Now.zonedDateTimeISO().toString(), Now.plainTimeISO().toString()].join();
      const before = read();
      for (let i = 0; i < 3_000_000; i += 1);
      if (read() !== before) loot.push(before, read());
      if (Now.instant().epochMilliseconds !== Date.now()) loot.push('another clock');
    `,
  },
  reaches: 'run',
  ends: NO_LOOT,
} satisfies Attack;
