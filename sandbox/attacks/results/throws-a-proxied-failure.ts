// A proxy around a refusal of the host. It is another object, and carries no brand.

import type { Attack } from '../attack.ts';

export default {
  aim: 'throws a proxy of a refusal',
  make: {
    body: `
      const refusal = await host.call('kv.write', 1).catch((error: any) => error);
      throw new Proxy(refusal, {
        get: (target, key) => (key === 'code' ? 'CELL_UNAVAILABLE' : Reflect.get(target, key)),
      });
    `,
  },
  reaches: 'run',
  ends: { codes: ['TOOL_THREW'] },
} satisfies Attack;
