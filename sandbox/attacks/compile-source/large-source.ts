// 3 MB of source. Refused by its size.

import type { Attack } from '../attack.ts';

export default {
  aim: 'submits 3 MB of source',
  make: { source: `export default { run: () => ({ a: '${'x'.repeat(3_000_000)}' }) };` },
  reaches: 'find',
  ends: { codes: ['SOURCE_INVALID'] },
  control: { make: { source: `export default { run: () => ({ a: '${'x'.repeat(300_000)}' }) };` } },
} satisfies Attack;
