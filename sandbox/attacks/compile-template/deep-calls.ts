// Helper calls in one another as deep as the text allows. Refused by a count before the parser starts.

import type { Attack } from '../attack.ts';

export default {
  aim: 'nests 10,000 helper calls',
  make: {
    template: {
      'tool.ts.hbs': `// A tool of one value.\nconst a = {{not ${'(not '.repeat(10_000)}value${')'.repeat(10_000)}}};`,
    },
    context: { value: 1 },
  },
  reaches: 'render',
  ends: { codes: ['TEMPLATE_UNSUPPORTED'], at: { file: 'tool.ts.hbs', line: 2 } },
  control: {
    make: {
      template: {
        'tool.ts.hbs': `const a = {{not ${'(not '.repeat(20)}value${')'.repeat(20)}}};\nexport default { run: () => ({ a }) };`,
      },
      context: { value: 1 },
    },
  },
} satisfies Attack;
