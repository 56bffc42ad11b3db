// A capability nobody granted, under the names a host might know.

import { NO_LOOT, type Attack } from '../attack.ts';

export default {
  aim: 'calls capabilities it was not granted',
  make: {
    body: `
      for (const name of [
        'kv.write',
        'net.fetch',
        'secret',
        'constructor',
        '__proto__',
        'toString',
        '',
        'time.sleep ',
        'TIME.SLEEP',
      ])
        try {
          loot.push(await host.call(name, {}));
        } catch (e: any) {
          if (e.code !== 'GRANT_MISSING') loot.push(String(e));
        }
    `,
  },
  reaches: 'run',
  ends: NO_LOOT,
} satisfies Attack;
