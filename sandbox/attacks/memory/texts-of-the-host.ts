// A text that comes from the host is outside the heap until it is taken apart, and what is cut from it keeps all of it.
// Twelve calls at once hold theirs over a sleep. They have more time than others, to get that far.

import { NO_LOOT, type Attack } from '../attack.ts';

export default {
  aim: 'keeps external strings in many calls at once',
  make: {
    body: `
      const kept = [input.text.slice(1), input.text.slice(-500_000)];
      await host.sleep(100);
      for (const text of kept) if (text !== input.letter.repeat(text.length)) loot.push('the text of another call');
    `,
  },
  manifest: { limits: { cpuMs: 1000, wallMs: 10_000 } },
  calls: Array.from('abcdefghijkl', (letter) => ({ input: { letter, text: letter.repeat(900_000) } })),
  together: true,
  reaches: 'run',
  ends: NO_LOOT,
} satisfies Attack;
