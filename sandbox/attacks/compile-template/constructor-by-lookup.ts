// Walks to a constructor through the helper `lookup`, which an allow-list of paths would miss. Only own properties are
// found.

import type { Attack } from '../attack.ts';

export default {
  aim: 'asks a value for its constructor through lookup',
  make: {
    template: { 'tool.ts.hbs': '// A tool of one value.\nconst a = {{lookup (lookup value "constructor") "name"}};' },
    context: { value: { a: 1 } },
  },
  reaches: 'render',
  ends: {
    codes: ['TEMPLATE_VALUE_MISSING', 'TEMPLATE_HELPER_FAILED'],
    at: { file: 'tool.ts.hbs', line: 2, path: '(lookup (lookup value "constructor") "name")' },
  },
  control: {
    make: {
      template: {
        'tool.ts.hbs': 'const a = {{lookup (lookup value "own") "name"}};\nexport default { run: () => ({ a }) };',
      },
      context: { value: { own: { name: 'a' } } },
    },
  },
} satisfies Attack;
