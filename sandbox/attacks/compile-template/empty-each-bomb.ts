// Loops that go round a billion times and render nothing, so that no bound on the output ever bites. The step's
// deadline does.

import type { Attack } from '../attack.ts';

export default {
  aim: 'loops for ever without rendering anything',
  make: {
    template: {
      'tool.ts.hbs': '{{#each @root.value}}'.repeat(9) + '{{/each}}'.repeat(9) + 'export default { run: () => ({}) };',
    },
    context: { value: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9] },
  },
  reaches: 'render',
  ends: { codes: ['TEMPLATE_OUTPUT_LIMIT', 'MAKING_TIMEOUT'] },
  control: {
    make: {
      template: {
        'tool.ts.hbs':
          '{{#each @root.value}}'.repeat(3) + '{{/each}}'.repeat(3) + 'export default { run: () => ({}) };',
      },
      context: { value: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9] },
    },
  },
} satisfies Attack;
