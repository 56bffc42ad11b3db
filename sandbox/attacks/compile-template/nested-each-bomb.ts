// 200 bytes that render 100 MB: loops within loops over one list. The output is bounded while it grows.

import type { Attack } from '../attack.ts';

export default {
  aim: 'renders 100 MB by nested loops',
  make: {
    template: {
      'tool.ts.hbs':
        '{{#each @root.value}}{{#each @root.value}}{{#each @root.value}}{{#each @root.value}}{{#each @root.value}}' +
        '{{#each @root.value}}{{#each @root.value}}{{#each @root.value}}const a = {{this}};\n' +
        '{{/each}}'.repeat(8),
    },
    context: { value: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9] },
  },
  reaches: 'render',
  ends: { codes: ['TEMPLATE_OUTPUT_LIMIT'], at: { file: 'tool.ts.hbs', line: 1 } },
  control: {
    make: {
      template: {
        'tool.ts.hbs':
          '{{#each @root.value}}{{#each @root.value}}// one of a hundred\n{{/each}}{{/each}}export default { run: () => ({}) };',
      },
      context: { value: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9] },
    },
  },
} satisfies Attack;
