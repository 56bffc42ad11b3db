// Pulls in another template by a name taken from the context. Refused when the template is parsed.

import type { Attack } from '../attack.ts';

export default {
  aim: 'includes a partial named by the context',
  make: { template: { 'tool.ts.hbs': '{{> (lookup . "value")}}' }, context: { value: 'tool.json' } },
  reaches: 'render',
  ends: { codes: ['TEMPLATE_UNSUPPORTED'], at: { file: 'tool.ts.hbs', line: 1 } },
  control: {
    make: {
      template: { 'tool.ts.hbs': 'const a = {{lookup . "value"}};\nexport default { run: () => ({ a }) };' },
      context: { value: 'tool.json' },
    },
  },
} satisfies Attack;
