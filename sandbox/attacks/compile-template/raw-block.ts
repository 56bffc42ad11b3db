// Writes a raw block, whose helper would get unparsed text. Refused before the parser sees it.

import type { Attack } from '../attack.ts';

export default {
  aim: 'writes a raw block',
  make: { template: { 'tool.ts.hbs': '{{{{raw}}}}x{{{{/raw}}}}' }, context: { value: 1 } },
  reaches: 'render',
  ends: { codes: ['TEMPLATE_UNSUPPORTED'], at: { file: 'tool.ts.hbs', line: 1 } },
  control: {
    make: {
      template: { 'tool.ts.hbs': '{{#if value}}export default { run: () => ({}) };{{/if}}' },
      context: { value: 1 },
    },
  },
} satisfies Attack;
