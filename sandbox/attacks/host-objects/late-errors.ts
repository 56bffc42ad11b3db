// Errors of refusals, read long after: their prototypes, stacks and hidden names.

import { NO_LOOT, type Attack } from '../attack.ts';

export default {
  aim: 'keeps refusals and takes them apart',
  make: {
    body: `
      const kept: any[] = [];
      for (const name of ['kv.read', 'net.fetch', 'x'.repeat(1000)])
        kept.push(await host.call(name, {}).catch((e: any) => e));
      await host.sleep(1);
      for (const e of kept) {
        if (!(e instanceof Error) || e.constructor !== Error) loot.push('another realm');
        if (/sandbox|prelude|node:|\\/|\\.ts/.test(String(e.stack).replaceAll('glovebox:tool', ''))) loot.push(e.stack);
        for (const key of Reflect.ownKeys(e))
          if (!['stack', 'message', 'name', 'code', 'data'].includes(String(key))) loot.push(String(key));
      }
    `,
  },
  reaches: 'run',
  ends: NO_LOOT,
} satisfies Attack;
