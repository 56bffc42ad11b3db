// Twenty thousand lists within each other. What the compiler can read, the engine cannot; both say so.

import type { Attack } from '../attack.ts';

export default {
  aim: 'nests 20,000 lists',
  make: {
    source: `const deep = ${'['.repeat(20_000)}${']'.repeat(20_000)};\nexport default { run: () => ({ n: deep.length }) };`,
  },
  reaches: 'compile',
  ends: { codes: ['COMPILE_FAILED', 'MAKING_CRASHED', 'MAKING_TIMEOUT'] },
  control: {
    make: {
      source: `const deep = ${'['.repeat(20)}${']'.repeat(20)};\nexport default { run: () => ({ n: deep.length }) };`,
    },
  },
} satisfies Attack;
