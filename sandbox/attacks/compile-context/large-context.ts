// A context of 40 MB. Refused by its size, before it is parsed.

import type { Attack } from '../attack.ts';

export default {
  aim: 'fills in 40 MB',
  make: { template: {}, context: { value: 'x'.repeat(40_000_000) } },
  reaches: 'check',
  ends: { codes: ['CONTEXT_INVALID'] },
  control: { make: { template: {}, context: { value: 'x'.repeat(400_000) } } },
} satisfies Attack;
