// Line breaks of old JavaScript, byte order marks and a NUL, to end a literal or a comment. They come out as they are.

import type { Attack } from '../attack.ts';

export default {
  aim: 'fills in line separators and a NUL',
  make: { template: {}, context: { value: '\u2028process.exit()\u2029\0\ufeff\r\n*/' } },
  reaches: 'run',
  ends: { output: { value: '\u2028process.exit()\u2029\0\ufeff\r\n*/' } },
} satisfies Attack;
