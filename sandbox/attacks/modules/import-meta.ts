// Asks the bundler where it is. There is no file, and no URL of one.

import { NO_LOOT, type Attack } from '../attack.ts';

export default {
  aim: 'asks for the URL of its module',
  make: {
    body: `
      if ((import.meta as any).url !== undefined || (import.meta as any).dirname !== undefined) loot.push(import.meta);
    `,
  },
  reaches: 'run',
  ends: NO_LOOT,
} satisfies Attack;
