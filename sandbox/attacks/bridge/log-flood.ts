// Fifty thousand log lines: the way out of an isolate is a queue nobody bounds. They are cut inside, and the result stands.
// It has more time than others, to get that far.

import { NO_LOOT, type Attack } from '../attack.ts';

export default {
  aim: 'floods its log',
  make: { body: "for (let i = 0; i < 50_000; i += 1) console.log('x'.repeat(1000));" },
  manifest: { limits: { cpuMs: 10_000, wallMs: 20_000 } },
  reaches: 'run',
  ends: NO_LOOT,
} satisfies Attack;
