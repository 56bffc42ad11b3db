// Puts a slot where an identifier stands, so that a value could name what is called. Refused by its position.

import type { Attack } from '../attack.ts';

export default {
  aim: 'puts a slot where a name stands',
  make: {
    template: { 'tool.ts.hbs': '// A tool of one value.\nexport default { run: () => globalThis.{{value}}() };' },
    context: { value: 'eval' },
  },
  reaches: 'render',
  ends: { codes: ['TEMPLATE_SLOT_POSITION'], at: { file: 'tool.ts.hbs', line: 2 } },
  control: {
    make: {
      template: { 'tool.ts.hbs': 'export default { run: () => ({ value: {{value}} }) };' },
      context: { value: 'eval' },
    },
  },
} satisfies Attack;
