// A thousand examples, each a run. Refused by their count.

import type { Attack } from '../attack.ts';

export default {
  aim: 'publishes a thousand examples',
  make: { body: '' },
  manifest: { examples: Array.from({ length: 1000 }, () => ({ input: {} })) },
  reaches: 'find',
  ends: { codes: ['MANIFEST_INVALID'] },
  control: { manifest: { examples: Array.from({ length: 20 }, () => ({ input: {} })) } },
} satisfies Attack;
