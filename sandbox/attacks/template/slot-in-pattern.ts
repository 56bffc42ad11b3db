// Puts a slot into a regular expression, which a slash would leave. Refused by its position.

import type { Attack } from '../attack.ts';

export default {
  aim: 'puts a slot into a regular expression',
  make: {
    template: { 'tool.ts.hbs': 'export default { run: () => ({ value: /{{value}}/ }) };' },
    context: { value: 1 },
  },
  reaches: 'render',
  ends: { codes: ['TEMPLATE_SLOT_POSITION'] },
} satisfies Attack;
