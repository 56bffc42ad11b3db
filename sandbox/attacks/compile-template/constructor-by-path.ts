// Walks from a value to its constructor, the classic way from a template to code. Only own properties are found.

import type { Attack } from '../attack.ts';

export default {
  aim: 'asks a value for its constructor by a path',
  make: {
    template: { 'tool.ts.hbs': '// A tool of one value.\nconst a = {{value.constructor.name}};' },
    context: { value: 'text' },
  },
  reaches: 'render',
  ends: { codes: ['TEMPLATE_VALUE_MISSING'], at: { file: 'tool.ts.hbs', line: 2, path: 'value.constructor.name' } },
  control: {
    make: {
      template: { 'tool.ts.hbs': 'const a = {{value.own.name}};\nexport default { run: () => ({ a }) };' },
      context: { value: { own: { name: 'a' } } },
    },
  },
} satisfies Attack;
