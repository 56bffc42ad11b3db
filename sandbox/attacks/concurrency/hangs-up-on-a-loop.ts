// A caller who hangs up while the tool is in a loop nothing can interrupt. The work ends with the call.

import { NO_LOOT, type Attack } from '../attack.ts';

export default {
  aim: 'leaves a call behind that cannot be interrupted',
  make: { body: 'if (input.stuck) Array.prototype.indexOf.call({ length: 2 ** 53 - 1 }, 1);' },
  calls: [
    { input: { stuck: true }, hangsUpAfterMs: 60, ends: { codes: ['RUN_CANCELLED', 'LIMIT_CPU', 'LIMIT_WALL'] } },
    { input: {} },
  ],
  reaches: 'run',
  ends: NO_LOOT,
} satisfies Attack;
