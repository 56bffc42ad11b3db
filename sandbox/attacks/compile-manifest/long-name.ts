// A name of 65 characters. Refused by its length.

import type { Attack } from '../attack.ts';

export default {
  aim: 'takes a name of 65 characters',
  make: { body: '' },
  manifest: { name: 'a'.repeat(65) },
  reaches: 'find',
  ends: { codes: ['MANIFEST_INVALID'] },
  control: { manifest: { name: 'a'.repeat(64) } },
} satisfies Attack;
