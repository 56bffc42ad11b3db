// A value that is small enough for a context and too large for a source. What it renders to is bounded while it grows.

import type { Attack } from '../attack.ts';

export default {
  aim: 'fills in a value of 3 MB',
  make: { template: {}, context: { value: 'x'.repeat(3_000_000) } },
  reaches: 'render',
  ends: { codes: ['TEMPLATE_OUTPUT_LIMIT'], at: { file: 'tool.ts.hbs', line: 3 } },
  control: { make: { template: {}, context: { value: 'x'.repeat(300_000) } } },
} satisfies Attack;
