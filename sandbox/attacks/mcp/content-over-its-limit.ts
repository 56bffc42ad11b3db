// Spreads its output over content parts, in case only the result is counted.

import type { Attack } from '../attack.ts';

export default {
  aim: 'spreads its output over content parts',
  make: { body: "for (let i = 0; i < 10; i += 1) host.content.text('x'.repeat(200));" },
  manifest: { limits: { outputBytes: 1000 } },
  reaches: 'output',
  ends: { codes: ['LIMIT_OUTPUT'] },
} satisfies Attack;
