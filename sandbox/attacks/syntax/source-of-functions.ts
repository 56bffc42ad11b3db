// The text of functions tells what is inside them. What is native says no more than that.

import { NO_LOOT, type Attack } from '../attack.ts';

export default {
  aim: 'reads the source of what it is given',
  make: {
    body: `
      const text = (f: unknown) => Function.prototype.toString.call(f);
      for (const f of [
        host.log,
        host.call,
        host.fail,
        host.sleep,
        host.progress,
        console.log,
        Date,
        Math.random,
        structuredClone,
      ])
        if (/\\bpost\\b.*secret|glovebox:\\/\\/|isolated_vm|node:|\\/sandbox\\//.test(text(f))) loot.push(text(f));
    `,
  },
  reaches: 'run',
  ends: NO_LOOT,
} satisfies Attack;
