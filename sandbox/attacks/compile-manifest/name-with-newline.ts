// A name that is right up to the end of its line.

import type { Attack } from '../attack.ts';

export default {
  aim: 'takes a name that goes on in the next line',
  make: { body: '' },
  manifest: { name: 'adds\n' },
  reaches: 'find',
  ends: { codes: ['MANIFEST_INVALID'] },
  control: { manifest: { name: 'adds' } },
} satisfies Attack;
