// A promise nobody can settle, to hold an isolate for the whole of its wall time. Noticed at once.

import type { Attack } from '../attack.ts';

export default {
  aim: 'waits for a promise that never settles',
  make: { body: 'await new Promise(() => {});' },
  reaches: 'run',
  ends: { codes: ['TOOL_NEVER_SETTLES'] },
} satisfies Attack;
