// A regular expression that backtracks exponentially, inside V8's own matcher.

import { OUT_OF_TIME, type Attack } from '../attack.ts';

export default {
  aim: 'runs a regular expression that backtracks for ever',
  make: { body: "/^(a+)+$/.test('a'.repeat(40) + '!');" },
  reaches: 'run',
  ends: OUT_OF_TIME,
} satisfies Attack;
