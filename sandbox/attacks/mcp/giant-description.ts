// A description of five megabytes, which every client of the host would get with every list.

import type { Attack } from '../attack.ts';

export default {
  aim: 'describes itself in five megabytes',
  make: { body: '' },
  manifest: { description: 'x'.repeat(5_000_000) },
  reaches: 'find',
  ends: { codes: ['MANIFEST_INVALID'] },
  control: { manifest: { description: 'x'.repeat(5000) } },
} satisfies Attack;
