// Returns while a host call is on its way, so that the answer would wake it in the next run's time. It never arrives.
// It has more time than others, to get that far.

import { NO_LOOT, type Attack } from '../attack.ts';

export default {
  aim: 'returns with a host call on its way',
  make: { body: 'void host.sleep(20).then(() => { for (;;); });' },
  manifest: { limits: { cpuMs: 300, wallMs: 2000 }, examples: [{ input: {} }, { input: {} }] },
  reaches: 'run',
  ends: NO_LOOT,
} satisfies Attack;
