// 20,000 blocks in one another: the parser alone would take minutes. Refused by a count before it starts.

import type { Attack } from '../attack.ts';

export default {
  aim: 'nests 20,000 blocks',
  make: {
    template: { 'tool.ts.hbs': '{{#if value}}'.repeat(20_000) + '1' + '{{/if}}'.repeat(20_000) },
    context: { value: 1 },
  },
  reaches: 'render',
  ends: { codes: ['TEMPLATE_UNSUPPORTED'], at: { file: 'tool.ts.hbs', line: 1 } },
  control: {
    make: {
      template: {
        'tool.ts.hbs': `${'{{#if value}}'.repeat(20)}export default { run: () => ({}) };${'{{/if}}'.repeat(20)}`,
      },
      context: { value: 1 },
    },
  },
} satisfies Attack;
