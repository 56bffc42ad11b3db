// A caller who hangs up while the tool sleeps, ten times: nothing stays parked.

import { NO_LOOT, type Attack } from '../attack.ts';

export default {
  aim: 'leaves sleeping calls behind',
  make: { body: 'await host.sleep(input.ms);' },
  calls: [
    ...Array.from({ length: 10 }, () => ({
      input: { ms: 400 },
      hangsUpAfterMs: 30,
      ends: { codes: ['RUN_CANCELLED'] },
    })),
    { input: { ms: 1 } },
  ],
  reaches: 'run',
  ends: NO_LOOT,
} satisfies Attack;
