// Keys that would set a prototype on the other side, if anybody there copied them by assignment.

import { NO_LOOT, type Attack } from '../attack.ts';

export default {
  aim: 'sends keys that set prototypes',
  make: {
    body: `
      for (const text of [
        '{"ms":0,"__proto__":{"granted":true}}',
        '{"ms":0,"constructor":{"prototype":{"granted":true}}}',
      ])
        try {
          await host.call('time.sleep', JSON.parse(text));
        } catch (e: any) {
          if (e.code !== 'CALL_INVALID') loot.push(String(e));
        }
      try {
        loot.push(await host.call('kv.write', JSON.parse('{"__proto__":{"grants":["kv.write"]}}')));
      } catch (e: any) {
        if (!['GRANT_MISSING', 'CALL_INVALID'].includes(e.code)) loot.push(String(e));
      }
    `,
  },
  reaches: 'run',
  ends: NO_LOOT,
} satisfies Attack;
