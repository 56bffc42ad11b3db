// Throws a value whose `message` loops: reading an error is running its code. It is read inside the isolate, on the
// run's time.

import { OUT_OF_TIME, type Attack } from '../attack.ts';

export default {
  aim: 'throws a value whose message never ends',
  make: { body: 'throw { get message() { for (;;); } };' },
  reaches: 'run',
  ends: OUT_OF_TIME,
} satisfies Attack;
