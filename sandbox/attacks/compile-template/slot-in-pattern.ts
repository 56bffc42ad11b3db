// Puts a slot into a regular expression, which a slash would leave. Refused by its position.

import type { Attack } from '../attack.ts';

export default {
  aim: 'puts a slot into a regular expression',
  make: {
    template: { 'tool.ts.hbs': '// A tool of one value.\nexport default { run: () => ({ value: /{{value}}/ }) };' },
    context: { value: 1 },
  },
  reaches: 'render',
  ends: { codes: ['TEMPLATE_SLOT_POSITION'], at: { file: 'tool.ts.hbs', line: 2 } },
  control: {
    make: {
      template: { 'tool.ts.hbs': 'export default { run: () => ({ value: [/x/, {{value}}] }) };' },
      context: { value: 1 },
    },
  },
} satisfies Attack;
