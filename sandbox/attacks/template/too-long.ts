// A template of 300 KiB. Refused by its length.

import type { Attack } from '../attack.ts';

export default {
  aim: 'writes a template of 300 KiB',
  make: { template: { 'tool.ts.hbs': `const a = {{value}};\n`.padEnd(300 * 1024) }, context: { value: 1 } },
  reaches: 'render',
  ends: { codes: ['TEMPLATE_UNSUPPORTED'] },
} satisfies Attack;
