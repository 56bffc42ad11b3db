// Ten thousand content parts of nothing. Refused by their count.

import type { Attack } from '../attack.ts';

export default {
  aim: 'returns ten thousand content parts',
  make: { body: "for (let i = 0; i < 10_000; i += 1) host.content.text('');" },
  reaches: 'output',
  ends: { codes: ['CONTENT_INVALID', 'LIMIT_OUTPUT'] },
} satisfies Attack;
