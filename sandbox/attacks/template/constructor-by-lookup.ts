// The same walk through the helper `lookup`, which an allow-list of paths would miss. Only own properties are found.

import type { Attack } from '../attack.ts';

export default {
  aim: 'asks a value for its constructor through lookup',
  make: {
    template: { 'tool.ts.hbs': 'const a = {{lookup (lookup value "constructor") "name"}};' },
    context: { value: { a: 1 } },
  },
  reaches: 'render',
  ends: { codes: ['TEMPLATE_VALUE_MISSING', 'TEMPLATE_HELPER_FAILED'] },
} satisfies Attack;
