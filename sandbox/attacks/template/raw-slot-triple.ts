// Asks for a value as raw text, which would make it code. Refused when the template is parsed.

import type { Attack } from '../attack.ts';

export default {
  aim: 'writes a raw slot with three braces',
  make: {
    template: { 'tool.ts.hbs': 'export default { run: () => ({ value: {{{value}}} }) };' },
    context: { value: 1 },
  },
  reaches: 'render',
  ends: { codes: ['TEMPLATE_RAW_SLOT'] },
} satisfies Attack;
