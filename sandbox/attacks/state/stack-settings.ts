// How stacks are made is set on a constructor: deep stacks, no stacks, stacks that are made by the guest.

import { NO_LOOT, type Attack } from '../attack.ts';

export default {
  aim: 'leaves other stacks for the next call',
  make: {
    body: `
      if ((Error as any).stackTraceLimit !== 10 || new Error('x').stack === 'left') loot.push('other stacks');
      try {
        (Error as any).stackTraceLimit = 0;
      } catch {}
      try {
        (Error as any).prepareStackTrace = () => 'left';
      } catch {}
    `,
  },
  calls: [{}, {}],
  reaches: 'run',
  ends: NO_LOOT,
} satisfies Attack;
