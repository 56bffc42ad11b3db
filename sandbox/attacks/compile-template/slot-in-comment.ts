// Puts a slot into a comment, which a line break or the comment's end would leave. Refused by its position.

import type { Attack } from '../attack.ts';

export default {
  aim: 'puts a slot into a comment',
  make: { template: { 'tool.ts.hbs': '// {{value}}\nexport default { run: () => ({}) };' }, context: { value: 1 } },
  reaches: 'render',
  ends: { codes: ['TEMPLATE_SLOT_POSITION'], at: { file: 'tool.ts.hbs', line: 1 } },
  control: {
    make: {
      template: { 'tool.ts.hbs': '// value\nexport default { run: () => ({ value: {{value}} }) };' },
      context: { value: 1 },
    },
  },
} satisfies Attack;
