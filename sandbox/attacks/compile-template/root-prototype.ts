// Reads the prototype of the root. Only own properties are found.

import type { Attack } from '../attack.ts';

export default {
  aim: 'reads the prototype of its context',
  make: {
    template: { 'tool.ts.hbs': '// A tool of one value.\nconst a = {{@root.__proto__}};' },
    context: { value: 1 },
  },
  reaches: 'render',
  ends: { codes: ['TEMPLATE_VALUE_MISSING'], at: { file: 'tool.ts.hbs', line: 2, path: '@root.__proto__' } },
  control: {
    make: {
      template: { 'tool.ts.hbs': 'const a = {{@root.value}};\nexport default { run: () => ({ a }) };' },
      context: { value: 1 },
    },
  },
} satisfies Attack;
