// A little more than it may. Refused, never cut.

import type { Attack } from '../attack.ts';

export default {
  aim: 'returns more than its limit',
  make: { body: "return { text: '\\u20ac'.repeat(400) };" },
  manifest: { limits: { outputBytes: 1000 } },
  reaches: 'output',
  ends: { codes: ['LIMIT_OUTPUT'] },
} satisfies Attack;
