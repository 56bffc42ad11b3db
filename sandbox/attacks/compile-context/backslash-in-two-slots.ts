// A backslash at the end of one value would escape the quote and make the next value code. Each slot is a whole
// literal.

import type { Attack } from '../attack.ts';

export default {
  aim: 'spans two slots with a backslash',
  make: {
    template: {
      'tool.ts.hbs':
        'console.log("the attack runs");\nexport default { run: () => ({ a: {{value.a}}, b: {{value.b}} }) };',
    },
    context: { value: { a: '\\', b: ',c:process.exit()//' } },
  },
  reaches: 'run',
  ends: { output: { a: '\\', b: ',c:process.exit()//' } },
} satisfies Attack;
