// More memory than any tool may have. Refused, never clamped.

import type { Attack } from '../attack.ts';

export default {
  aim: 'asks for 4 GB of heap',
  make: { body: '' },
  manifest: { limits: { max_memory: '4GB' } },
  reaches: 'inspect',
  ends: { codes: ['LIMITS_ABOVE_CEILING'], at: { part: 'manifest' } },
  control: { manifest: { limits: { max_memory: '64MB' } } },
} satisfies Attack;
