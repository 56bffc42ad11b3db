// Pulls in another template by a name taken from the context. Refused when the template is parsed.

import type { Attack } from '../attack.ts';

export default {
  aim: 'includes a partial named by the context',
  make: { template: { 'tool.ts.hbs': '{{> (lookup . "value")}}' }, context: { value: 'tool.json' } },
  reaches: 'render',
  ends: { codes: ['TEMPLATE_UNSUPPORTED'] },
} satisfies Attack;
