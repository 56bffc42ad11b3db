// A text that is code inside a template literal. It comes out as the text it is.

import type { Attack } from '../attack.ts';

export default {
  aim: 'fills in a substitution',
  make: {
    template: {},
    context: { value: '`${process.exit()}${globalThis.constructor.constructor("return process")()}`' },
  },
  reaches: 'run',
  ends: { output: { value: '`${process.exit()}${globalThis.constructor.constructor("return process")()}`' } },
} satisfies Attack;
