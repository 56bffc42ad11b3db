// A list that doubles with every block: 2^30 entries from 30 lines. Bounded where it is written, or by the workshop.

import type { Attack } from '../attack.ts';

export default {
  aim: 'doubles a list with every block',
  make: {
    template: {
      'tool.ts.hbs': `${'{{#with (array value value) as |value|}}'.repeat(30)}const a = {{value}};${'{{/with}}'.repeat(30)}`,
    },
    context: { value: 1 },
  },
  reaches: 'render',
  ends: { codes: ['TEMPLATE_OUTPUT_LIMIT', 'MAKING_CRASHED'] },
} satisfies Attack;
