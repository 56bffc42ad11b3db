// Returns a thenable whose `then` loops: awaiting a result calls it.

import { OUT_OF_TIME, type Attack } from '../attack.ts';

export default {
  aim: 'returns a thenable that never answers',
  make: { body: 'return { then() { for (;;); } };' },
  reaches: 'run',
  ends: OUT_OF_TIME,
} satisfies Attack;
