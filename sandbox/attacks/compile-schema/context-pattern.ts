// The context schema of a template is a stranger's as well. It is held to the same bounds.

import type { Attack } from '../attack.ts';

export default {
  aim: 'writes a pattern that takes for ever into a context schema',
  make: {
    template: {
      'template.json': JSON.stringify({
        name: 'attack',
        version: '1.0.0',
        title: 'A',
        description: 'A',
        category: 'a',
        context: { type: 'object', properties: { value: { type: 'string', pattern: '^(a+)+$' } } },
      }),
    },
    context: { value: `${'a'.repeat(40)}!` },
  },
  reaches: 'check',
  ends: { codes: ['SCHEMA_PATTERN_UNSAFE'], at: { file: 'template.json', path: '/properties/value/pattern' } },
  control: {
    make: {
      template: {
        'template.json': JSON.stringify({
          name: 'attack',
          version: '1.0.0',
          title: 'A',
          description: 'A',
          category: 'a',
          context: { type: 'object', properties: { value: { type: 'string', pattern: '^a+!$' } } },
        }),
      },
      context: { value: `${'a'.repeat(40)}!` },
    },
  },
} satisfies Attack;
