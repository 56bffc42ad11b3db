// 2,500 alternatives, whose validator would take seconds to compile. Refused by their count.

import type { Attack } from '../attack.ts';

export default {
  aim: 'writes 2,500 alternatives',
  make: { body: '' },
  manifest: {
    inputSchema: { type: 'object', anyOf: Array.from({ length: 2500 }, (_, n) => ({ required: [`p${n}`] })) },
  },
  reaches: 'inspect',
  ends: { codes: ['SCHEMA_LIMIT'], at: { part: 'manifest', path: '' } },
  control: {
    manifest: {
      inputSchema: { type: 'object', anyOf: Array.from({ length: 250 }, (_, n) => ({ not: { required: [`p${n}`] } })) },
    },
  },
} satisfies Attack;
