// An example whose run never ends, to hold the making. Ended by the limits the tool itself asks for.

import type { Attack } from '../attack.ts';

export default {
  aim: 'publishes an example that never ends',
  make: { body: 'for (;;);' },
  manifest: { examples: [{ input: {} }] },
  reaches: 'probe',
  ends: { codes: ['EXAMPLE_FAILED'] },
  control: { make: { body: 'for (let i = 0; i < 1000; i += 1);' } },
} satisfies Attack;
