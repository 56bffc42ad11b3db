// Names of a block’s own that every object has.

import type { Attack } from '../attack.ts';

export default {
  aim: 'names a value of a block like a prototype',
  make: {
    template: {
      'tool.ts.hbs': `console.log('the attack runs');
{{#each value as |__proto__ constructor|}}
const a = {{__proto__}};
{{/each}}
export default { run: () => ({ a, polluted: ({} as any).admin ?? null }) };`,
    },
    context: { value: [{ admin: true }] },
  },
  reaches: 'run',
  ends: { output: { a: { admin: true }, polluted: null } },
} satisfies Attack;
