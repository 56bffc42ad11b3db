// A context that is no object, so that every path of the template means something else. Refused by its schema.

import type { Attack } from '../attack.ts';

export default {
  aim: 'fills a template with a list',
  make: { template: {}, context: [1, 2] },
  reaches: 'check',
  ends: { codes: ['CONTEXT_INVALID'] },
  control: { make: { template: {}, context: { value: [1, 2] } } },
} satisfies Attack;
