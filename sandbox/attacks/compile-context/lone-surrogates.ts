// Halves of characters, which no UTF-8 can say: a careless encoder writes something else in their place.

import type { Attack } from '../attack.ts';

export default {
  aim: 'fills in lone surrogates',
  make: { template: {}, context: { value: '\ud800 \udfff \udc00\ud800' } },
  reaches: 'run',
  ends: { output: { value: '\ud800 \udfff \udc00\ud800' } },
} satisfies Attack;
