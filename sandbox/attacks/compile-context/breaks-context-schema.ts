// A context without what its schema requires. Refused before anything is rendered, with the path.

import type { Attack } from '../attack.ts';

export default {
  aim: 'leaves out what the context schema requires',
  make: { template: {}, context: { other: 1 } },
  reaches: 'check',
  ends: { codes: ['CONTEXT_INVALID'] },
  control: { make: { template: {}, context: { value: 1 } } },
} satisfies Attack;
