// Walks from a list to the constructor of functions by computed names, as sandboxes of old were left.

import { NO_LOOT, type Attack } from '../attack.ts';

export default {
  aim: 'walks to constructors by computed names',
  make: {
    body: `
      const word = ['con', 'struc', 'tor'].join('');
      for (const start of [
        [],
        {},
        '',
        0,
        true,
        /x/,
        () => {},
        Symbol(),
        0n,
        new Error('x'),
        Promise.resolve(),
        input,
        host,
      ] as any[])
        try {
          const made = start[word][word]('return globalThis')();
          loot.push(typeof made);
        } catch {}
    `,
  },
  reaches: 'run',
  ends: NO_LOOT,
} satisfies Attack;
