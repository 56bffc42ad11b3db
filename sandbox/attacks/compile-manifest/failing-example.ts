// An example that does not come out as it says: documentation that lies. Nothing is published.

import type { Attack } from '../attack.ts';

export default {
  aim: 'publishes an example that does not hold',
  make: { body: '' },
  manifest: { examples: [{ input: {}, output: { loot: ['gold'] } }] },
  reaches: 'probe',
  ends: { codes: ['EXAMPLE_FAILED'] },
  control: { manifest: { examples: [{ input: {}, output: { loot: [] } }] } },
} satisfies Attack;
