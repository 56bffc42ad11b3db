// Two names that look the same and are not.

import type { Attack } from '../attack.ts';

export default {
  aim: 'writes two names that look the same',
  make: {
    source: `const scope = 1;
const scоpe = 2;
export default { run: () => ({ sum: scope + scоpe }) };`,
  },
  reaches: 'inspect',
  ends: { reported: ['mixed-script-word'] },
  control: {
    make: { source: 'const scope = 1;\nconst scape = 2;\nexport default { run: () => ({ sum: scope + scape }) };' },
  },
} satisfies Attack;
