// Host calls nobody waits for: each holds memory on both sides of the wall. They are counted before they are made. It
// has more time than others, to get that far.

import type { Attack } from '../attack.ts';

export default {
  aim: 'makes host calls without waiting for them',
  make: { body: 'for (;;) host.sleep(1000).catch((e: any) => { throw e; });' },
  manifest: { limits: { cpuMs: 2000, wallMs: 4000 } },
  reaches: 'run',
  ends: { codes: ['LIMIT_CPU', 'LIMIT_HEAP', 'RUN_CRASHED', 'LIMIT_WALL'] },
} satisfies Attack;
