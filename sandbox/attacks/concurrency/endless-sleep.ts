// Sleeps for a year, to hold its place. The lane wakes nobody and ends the run at its wall limit.

import type { Attack } from '../attack.ts';

export default {
  aim: 'sleeps for a year',
  make: { body: 'await host.sleep(365 * 24 * 3600 * 1000);' },
  manifest: { limits: { wallMs: 300 } },
  reaches: 'run',
  ends: { codes: ['LIMIT_WALL'] },
} satisfies Attack;
