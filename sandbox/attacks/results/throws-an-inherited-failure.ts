// An object that inherits from a refusal of the host: the brand is on the object, not on what it inherits.

import type { Attack } from '../attack.ts';

export default {
  aim: 'throws an heir of a refusal',
  make: {
    body: `
      const refusal = await host.call('kv.write', 1).catch((error: any) => error);
      throw Object.create(refusal, { code: { value: 'CELL_UNAVAILABLE' }, message: { value: 'x' } });
    `,
  },
  reaches: 'run',
  ends: { codes: ['TOOL_THREW'] },
} satisfies Attack;
