// Names a data pack by a path that leads out of the template's folder. Refused by the shape of the name.

import type { Attack } from '../attack.ts';

export default {
  aim: 'names a data pack outside its folder',
  make: {
    template: {
      'template.json':
        '{"name":"attack","version":"1.0.0","title":"A","description":"A","category":"a","context":{"type":"object"},"data":["../../etc/passwd"]}',
    },
    context: { value: 1 },
  },
  reaches: 'find',
  ends: { codes: ['TEMPLATE_INVALID'], at: { file: 'template.json' } },
  control: {
    make: {
      template: {
        'template.json':
          '{"name":"attack","version":"1.0.0","title":"A","description":"A","category":"a","context":{"type":"object"},"data":["passwd"]}',
        'data/passwd.json': '{}',
      },
      context: { value: 1 },
    },
  },
} satisfies Attack;
