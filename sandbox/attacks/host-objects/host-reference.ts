// Looks for the handles of the isolate's library on what the host gave: a single one exposes its whole interface.

import { NO_LOOT, type Attack } from '../attack.ts';

export default {
  aim: "looks for the library's handles on the host object",
  make: {
    body: `
      for (const o of [host, host.log, host.sleep, host.call, host.content, host.content.text, console.log, host.sleep(1)])
        for (const name of [
          'apply',
          'applySync',
          'applySyncPromise',
          'deref',
          'derefInto',
          'copy',
          'release',
          'get',
          'set',
          'getSync',
          'setSync',
          'typeof',
          'ref',
        ])
          if (!(name in Function.prototype) && name in o) loot.push(name);
    `,
  },
  reaches: 'run',
  ends: NO_LOOT,
} satisfies Attack;
