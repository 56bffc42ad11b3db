// An example that V8 cannot interrupt, to take the cell of the making with it. Only the cell ends.

import type { Attack } from '../attack.ts';

export default {
  aim: 'publishes an example that cannot be interrupted',
  make: { body: 'Array.prototype.lastIndexOf.call({ length: 2 ** 53 - 1 }, 1);' },
  manifest: { examples: [{ input: {} }] },
  reaches: 'probe',
  ends: { codes: ['EXAMPLE_FAILED'] },
  control: { make: { body: 'Array.prototype.lastIndexOf.call({ length: 1000 }, 1);' } },
} satisfies Attack;
