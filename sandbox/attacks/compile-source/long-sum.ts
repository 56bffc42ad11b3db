// A sum of fifty thousand terms: a tree as deep as it is long.

import type { Attack } from '../attack.ts';

export default {
  aim: 'adds 50,000 numbers',
  make: {
    source: `const n = ${'1+'.repeat(50_000)}1;\nconsole.log('the attack runs');\nexport default { run: () => ({ n }) };`,
  },
  reaches: 'run',
  ends: { output: { n: 50001 } },
} satisfies Attack;
