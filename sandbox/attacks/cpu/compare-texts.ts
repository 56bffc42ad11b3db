// Collation of long texts, in native code.

import { OUT_OF_TIME, type Attack } from '../attack.ts';

export default {
  aim: 'compares texts by the rules of a language',
  make: {
    setup: `
      const text = '\\u00e4\\u0301'.repeat(2 ** 20);
      const { compare } = new Intl.Collator('de', { usage: 'sort' });
    `,
    body: "for (;;) compare(text + 'a', text + 'b');",
  },
  reaches: 'run',
  ends: OUT_OF_TIME,
} satisfies Attack;
