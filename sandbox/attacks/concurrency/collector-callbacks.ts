// Leaves work to the garbage collector, which runs it whenever it likes. There is nothing to register with.

import { NO_LOOT, type Attack } from '../attack.ts';

export default {
  aim: 'leaves work to the garbage collector',
  make: { body: "for (const name of ['FinalizationRegistry', 'WeakRef']) if (name in globalThis) loot.push(name);" },
  reaches: 'run',
  ends: NO_LOOT,
} satisfies Attack;
