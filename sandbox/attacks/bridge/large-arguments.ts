// Arguments of a host call by the megabyte, unanswered. What is in flight is bounded.

import type { Attack } from '../attack.ts';

export default {
  aim: 'sends megabytes as arguments of host calls',
  make: {
    body: `
      const text = 'x'.repeat(600_000);
      const p = [1, 2, 3].map((ms) => host.call('time.sleep', { ms, text }));
      await Promise.all(p);
    `,
  },
  reaches: 'run',
  ends: { codes: ['LIMIT_HOST_CALLS'] },
} satisfies Attack;
