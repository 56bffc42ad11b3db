// Throws an error with a message of 500 MB that exists only as a promise of one. It is never put together.

import type { Attack } from '../attack.ts';

export default {
  aim: 'throws a message of 500 MB',
  make: { body: "throw new Error('x'.repeat(2 ** 29 - 25));" },
  reaches: 'run',
  ends: { codes: ['TOOL_THREW', 'LIMIT_HEAP', 'RUN_CRASHED'] },
} satisfies Attack;
