// Progress two hundred thousand times. Dropped after the first few hundred, and the result stands. It has more time than others,
// to get that far.

import { NO_LOOT, type Attack } from '../attack.ts';

export default {
  aim: 'floods its caller with progress',
  make: { body: 'for (let i = 0; i < 200_000; i += 1) host.progress(i / 200_000, "x".repeat(400));' },
  manifest: { limits: { cpuMs: 10_000, wallMs: 20_000 } },
  reaches: 'run',
  ends: NO_LOOT,
} satisfies Attack;
