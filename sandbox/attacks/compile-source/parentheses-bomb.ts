// 300 KB of opening parentheses: the parser's stack overflows. An error of the compiler, or the end of its process.

import type { Attack } from '../attack.ts';

export default {
  aim: 'overflows the parser with parentheses',
  make: { source: `export default ${'('.repeat(300_000)}` },
  reaches: 'compile',
  ends: { codes: ['COMPILE_FAILED', 'MAKING_CRASHED', 'MAKING_TIMEOUT'] },
  control: { make: { source: `export default ${'('.repeat(300)}{ run: () => ({}) }${')'.repeat(300)}` } },
} satisfies Attack;
