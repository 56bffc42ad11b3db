// 100,000 lists in one another: whoever walks them by recursion overflows. Refused with a code, in whatever step meets
// it.

import { parseJson, type Attack } from '../attack.ts';

export default {
  aim: 'nests the context 100,000 levels deep',
  make: { template: {}, context: { value: parseJson('['.repeat(100_000) + ']'.repeat(100_000)) } },
  reaches: 'check',
  ends: { codes: ['CONTEXT_INVALID'] },
  control: { make: { template: {}, context: { value: parseJson('['.repeat(60) + ']'.repeat(60)) } } },
} satisfies Attack;
