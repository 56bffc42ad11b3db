// A helper within a helper: each doubles the text it is given. Bounded where it is written.

import type { Attack } from '../attack.ts';

export default {
  aim: 'doubles a text with every helper',
  make: { template: { 'tool.ts.hbs': doubled(28) }, context: { value: 'x' } },
  reaches: 'render',
  ends: { codes: ['TEMPLATE_OUTPUT_LIMIT'], at: { file: 'tool.ts.hbs', line: 2 } },
  control: { make: { template: { 'tool.ts.hbs': doubled(4) }, context: { value: 'x' } } },
} satisfies Attack;

function doubled(times: number): string {
  const opening = '{{#with (text value value) as |value|}}'.repeat(times);
  const closing = '{{/with}}'.repeat(times);
  return `// A text of its own length.\n${opening}const a = {{value}};${closing}\nexport default { run: () => ({ a }) };`;
}
