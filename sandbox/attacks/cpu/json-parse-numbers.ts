// Numbers of many digits are read digit by digit, and each differs from the last.

import { OUT_OF_TIME, type Attack } from '../attack.ts';

export default {
  aim: 'parses numbers of a million digits',
  make: {
    setup: "const text = '[' + ('0.' + '1234567890'.repeat(100_000) + ',').repeat(4) + '0]';",
    body: 'for (;;) JSON.parse(text);',
  },
  reaches: 'run',
  ends: OUT_OF_TIME,
} satisfies Attack;
