// Searches a text for one that almost fits at each of its places. V8 cannot be interrupted in it.

import { OUT_OF_TIME, type Attack } from '../attack.ts';

export default {
  aim: 'searches a text in the slowest way there is',
  make: {
    setup: "const text = 'a'.repeat(2 ** 22); const part = 'b' + 'a'.repeat(2 ** 21);",
    body: 'for (;;) loot.push(text.indexOf(part), text.lastIndexOf(part));',
  },
  reaches: 'run',
  ends: OUT_OF_TIME,
} satisfies Attack;
