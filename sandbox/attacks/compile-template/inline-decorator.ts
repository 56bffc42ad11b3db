// Defines a partial in place, by a decorator. Refused when the template is parsed.

import type { Attack } from '../attack.ts';

export default {
  aim: 'defines a partial by a decorator',
  make: { template: { 'tool.ts.hbs': '{{#*inline "x"}}1{{/inline}}export default {};' }, context: { value: 1 } },
  reaches: 'render',
  ends: { codes: ['TEMPLATE_UNSUPPORTED'], at: { file: 'tool.ts.hbs', line: 1 } },
  control: {
    make: {
      template: { 'tool.ts.hbs': '{{#if value}}{{/if}}export default { run: () => ({}) };' },
      context: { value: 1 },
    },
  },
} satisfies Attack;
