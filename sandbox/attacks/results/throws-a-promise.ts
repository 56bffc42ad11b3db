// A rejected promise as the thing that is thrown, and a thenable after it.

import type { Attack } from '../attack.ts';

export default {
  aim: 'throws a promise',
  make: { body: "throw Object.assign(Promise.reject(new Error('inner')), { then: () => { for (;;); } });" },
  reaches: 'run',
  ends: { codes: ['TOOL_THREW'] },
} satisfies Attack;
