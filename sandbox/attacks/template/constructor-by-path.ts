// Walks from a value to its constructor, the classic way from a template to code. Only own properties are found.

import type { Attack } from '../attack.ts';

export default {
  aim: 'asks a value for its constructor by a path',
  make: { template: { 'tool.ts.hbs': 'const a = {{value.constructor.name}};' }, context: { value: 'text' } },
  reaches: 'render',
  ends: { codes: ['TEMPLATE_VALUE_MISSING'] },
} satisfies Attack;
