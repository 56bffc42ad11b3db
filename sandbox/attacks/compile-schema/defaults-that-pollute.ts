// A default under the name of a prototype. Defaults are shown, and not filled in.

import { NO_LOOT, parseJson, type Attack } from '../attack.ts';

export default {
  aim: 'has a prototype filled in by default',
  make: {
    body: `
      if (({} as any).admin !== undefined || input.admin !== undefined || Object.keys(input).length > 0)
        loot.push('filled in');
    `,
  },
  manifest: {
    inputSchema: parseJson(
      '{"type":"object","properties":{"__proto__":{"type":"object","default":{"admin":true}},"b":{"default":1}}}',
    ),
  },
  reaches: 'run',
  ends: NO_LOOT,
} satisfies Attack;
