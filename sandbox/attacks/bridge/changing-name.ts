// A name that is one thing when it is checked and another when it is sent. Only texts are names.

import { NO_LOOT, type Attack } from '../attack.ts';

export default {
  aim: 'calls a capability by a name that changes',
  make: {
    body: `
      let reads = 0;
      const names: any[] = [
        {
          toString() {
            return reads++ > 0 ? 'kv.write' : 'time.sleep';
          },
        },
        ['time.sleep'],
        new String('time.sleep'),
        Symbol('time.sleep'),
        undefined,
      ];
      for (const name of names)
        try {
          loot.push(await host.call(name, { ms: 0 }));
        } catch (e: any) {
          if (e.code !== 'GRANT_MISSING') loot.push(String(e));
        }
    `,
  },
  reaches: 'run',
  ends: NO_LOOT,
} satisfies Attack;
