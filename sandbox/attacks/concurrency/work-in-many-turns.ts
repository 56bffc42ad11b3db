// Burns a little, sleeps a little: no turn passes a limit, together they do. CPU time adds up over the turns of a run.

import type { Attack } from '../attack.ts';

export default {
  aim: 'spreads its work over many turns',
  make: { body: 'for (;;) { for (let i = 0; i < 300_000; i += 1); await host.sleep(1); }' },
  reaches: 'run',
  ends: { codes: ['LIMIT_CPU', 'LIMIT_WALL', 'LIMIT_HOST_CALLS'] },
} satisfies Attack;
