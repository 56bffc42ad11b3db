// A letter with a million marks in the wrong order: what normalizes it sorts them, outside V8.

import { OUT_OF_TIME, type Attack } from '../attack.ts';

export default {
  aim: 'normalizes a letter with a million marks',
  make: { setup: "const text = 'a' + '\\u0300\\u0327'.repeat(500_000);", body: "for (;;) text.normalize('NFD');" },
  reaches: 'run',
  ends: OUT_OF_TIME,
} satisfies Attack;
