// Formats the present without saying when that is, which reads the real clock in V8.

import { NO_LOOT, type Attack } from '../attack.ts';

export default {
  aim: 'measures time with Intl',
  make: {
    body: `
      const f = new Intl.DateTimeFormat('en-US', { minute: 'numeric', second: 'numeric', fractionalSecondDigits: 3 });
      const get = Object.getOwnPropertyDescriptor(Intl.DateTimeFormat.prototype, 'format')!.get!;
      const read = () => [f.format(), f.format(undefined), get.call(f)(), JSON.stringify(f.formatToParts())].join();
      const before = read();
      for (let i = 0; i < 3_000_000; i += 1);
      if (read() !== before || f.format() !== f.format(Date.now())) loot.push(before, read());
    `,
  },
  reaches: 'run',
  ends: NO_LOOT,
} satisfies Attack;
