// More calls than it may make. The one after the last is refused inside, before it is sent. It has more time than
// others, to get that far.

import type { Attack } from '../attack.ts';

export default {
  aim: 'makes more host calls than it may',
  make: { body: 'for (;;) await host.sleep(0);' },
  manifest: { limits: { hostCalls: 20, cpuMs: 5000 } },
  reaches: 'run',
  ends: { codes: ['LIMIT_HOST_CALLS'] },
} satisfies Attack;
