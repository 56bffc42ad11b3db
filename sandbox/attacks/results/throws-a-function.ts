// A function whose properties are read as a message: each is a loop that is never called.

import type { Attack } from '../attack.ts';

export default {
  aim: 'throws a function',
  make: { body: 'throw Object.assign(() => { for (;;); }, { message: () => { for (;;); }, stack: 1n });' },
  reaches: 'run',
  ends: { codes: ['TOOL_THREW'] },
} satisfies Attack;
