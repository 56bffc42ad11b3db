// An async function that awaits itself: no stack overflows, but one promise waits for the next. It has more time than
// others, to get that far.

import { NO_LOOT, type Attack } from '../attack.ts';

export default {
  aim: 'recurses through promises',
  make: {
    body: `
      const deep = async (n: number): Promise<number> => (n === 0 ? 0 : (await null, 1 + (await deep(n - 1))));
      const got = await deep(20_000);
      if (got !== 20_000) loot.push(got);
    `,
  },
  manifest: { limits: { cpuMs: 2000, wallMs: 4000 } },
  reaches: 'run',
  ends: NO_LOOT,
} satisfies Attack;
