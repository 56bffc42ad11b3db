// A text that is itself a slot, for an engine that renders twice. It comes out as the text it is.

import type { Attack } from '../attack.ts';

export default {
  aim: 'fills in a slot',
  make: { template: {}, context: { value: '{{{@root.constructor.constructor}}}{{#each @root}}x{{/each}}' } },
  reaches: 'run',
  ends: { output: { value: '{{{@root.constructor.constructor}}}{{#each @root}}x{{/each}}' } },
} satisfies Attack;
