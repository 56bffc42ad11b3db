// A file of 2 MiB in the template's folder. Refused by its size before it is read.

import type { Attack } from '../attack.ts';

export default {
  aim: 'ships a file of 2 MiB',
  make: { template: { 'lib/huge.ts': ' '.repeat(2 * 1024 * 1024) }, context: { value: 1 } },
  reaches: 'find',
  ends: { codes: ['TEMPLATE_INVALID'], at: { file: 'lib/huge.ts' } },
  control: { make: { template: { 'lib/huge.ts': ' '.repeat(1024) }, context: { value: 1 } } },
} satisfies Attack;
