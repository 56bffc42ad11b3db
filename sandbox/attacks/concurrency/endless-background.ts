// Goes to the background again and again: where that is no call to the host, it must not be a loop without an end
// either.

import { OUT_OF_TIME, type Attack } from '../attack.ts';

export default {
  aim: 'goes to the background for ever',
  make: { body: 'for (;;) await host.background();' },
  manifest: { limits: { cpuMs: 200 } },
  reaches: 'run',
  ends: OUT_OF_TIME,
} satisfies Attack;
