// A list that doubles with every block: 2^30 entries from 30 blocks. Bounded where it is written.

import type { Attack } from '../attack.ts';

export default {
  aim: 'doubles a list with every block',
  make: { template: { 'tool.ts.hbs': doubled(30) }, context: { value: 1 } },
  reaches: 'render',
  ends: { codes: ['TEMPLATE_OUTPUT_LIMIT'], at: { file: 'tool.ts.hbs', line: 2 } },
  control: { make: { template: { 'tool.ts.hbs': doubled(4) }, context: { value: 1 } } },
} satisfies Attack;

function doubled(times: number): string {
  const opening = '{{#with (array value value) as |value|}}'.repeat(times);
  const closing = '{{/with}}'.repeat(times);
  return `// A list of lists.\n${opening}const a = {{value}};${closing}\nexport default { run: () => ({ a }) };`;
}
