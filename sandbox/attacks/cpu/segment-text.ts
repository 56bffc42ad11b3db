// Word borders of a language that is written without spaces are found with a dictionary, in native code.

import { OUT_OF_TIME, type Attack } from '../attack.ts';

export default {
  aim: 'splits a long text into words',
  make: {
    body: `
      const words = new Intl.Segmenter('th', { granularity: 'word' });
      for (;;) for (const word of words.segment('กรุงเทพมหานคร'.repeat(10_000))) if (word.segment === '') break;
    `,
  },
  reaches: 'run',
  ends: OUT_OF_TIME,
} satisfies Attack;
