// An example whose run never ends, to hold the making. Ended by the limits the tool itself asks for.

import type { Attack } from '../attack.ts';

export default {
  aim: 'publishes an example that never ends',
  make: { body: 'for (;;);' },
  manifest: { limits: { cpuMs: 300, wallMs: 3000 }, examples: [{ input: {} }] },
  reaches: 'probe',
  ends: { codes: ['EXAMPLE_FAILED'] },
} satisfies Attack;
