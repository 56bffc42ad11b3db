// Asks for a value as raw text, which would make it code. Refused when the template is parsed.

import type { Attack } from '../attack.ts';

export default {
  aim: 'writes a raw slot with three braces',
  make: {
    template: { 'tool.ts.hbs': '// A tool of one value.\nexport default { run: () => ({ value: {{{value}}} }) };' },
    context: { value: 1 },
  },
  reaches: 'render',
  ends: { codes: ['TEMPLATE_RAW_SLOT'], at: { file: 'tool.ts.hbs', line: 2 } },
  control: {
    make: {
      template: { 'tool.ts.hbs': 'export default { run: () => ({ value: {{value}} }) };' },
      context: { value: 1 },
    },
  },
} satisfies Attack;
