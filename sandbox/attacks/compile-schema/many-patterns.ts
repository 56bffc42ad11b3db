// A hundred patterns. Refused by their count.

import type { Attack } from '../attack.ts';

export default {
  aim: 'writes a hundred patterns',
  make: { body: '' },
  manifest: {
    inputSchema: {
      type: 'object',
      patternProperties: Object.fromEntries(Array.from({ length: 100 }, (_, n) => [`^p${n}$`, true])),
    },
  },
  reaches: 'inspect',
  ends: { codes: ['SCHEMA_LIMIT'], at: { part: 'manifest', path: '/patternProperties/^p64$' } },
  control: {
    manifest: {
      inputSchema: {
        type: 'object',
        patternProperties: Object.fromEntries(Array.from({ length: 64 }, (_, n) => [`^p${n}$`, true])),
      },
    },
  },
} satisfies Attack;
