// A pattern that is only quadratic, and a text long enough to make that minutes. The text is bounded by the validator.

import type { Attack } from '../attack.ts';

export default {
  aim: 'feeds a quadratic pattern a megabyte',
  make: { body: '' },
  manifest: {
    inputSchema: { type: 'object', properties: { a: { type: 'string', pattern: 'x+y$' } } },
  },
  input: { a: 'x'.repeat(1_000_000) },
  reaches: 'input',
  ends: { codes: ['INPUT_INVALID', 'LIMIT_CPU', 'LIMIT_WALL'] },
} satisfies Attack;
