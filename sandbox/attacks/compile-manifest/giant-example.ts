// An example whose input is a million brackets.

import { parseJson, type Attack } from '../attack.ts';

export default {
  aim: 'publishes an example a million brackets deep',
  make: { body: '' },
  manifest: { examples: [{ input: { a: parseJson('['.repeat(500_000) + ']'.repeat(500_000)) } }] },
  reaches: 'find',
  ends: { codes: ['MANIFEST_INVALID'] },
  control: { manifest: { examples: [{ input: { a: [[]] } }] } },
} satisfies Attack;
