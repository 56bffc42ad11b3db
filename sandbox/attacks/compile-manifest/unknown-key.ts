// A key nobody reads, in the hope that something does. Refused.

import type { Attack } from '../attack.ts';

export default {
  aim: 'adds a key to the manifest',
  make: { body: '' },
  manifest: { trusted: true },
  reaches: 'find',
  ends: { codes: ['MANIFEST_INVALID'] },
  control: { manifest: { title: 'Trusted' } },
} satisfies Attack;
