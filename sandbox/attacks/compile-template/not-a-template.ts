// `template.json` is a list. Refused when the folder is read.

import type { Attack } from '../attack.ts';

export default {
  aim: 'describes the template by a list',
  make: { template: { 'template.json': '[]' }, context: { value: 1 } },
  reaches: 'find',
  ends: { codes: ['TEMPLATE_INVALID'], at: { file: 'template.json' } },
  control: { make: { template: {}, context: { value: 1 } } },
} satisfies Attack;
