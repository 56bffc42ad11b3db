// Keys that every object inherits, for a renderer that looks names up without care. They are keys like any other.

import type { Attack } from '../attack.ts';

export default {
  aim: 'fills in the names that objects inherit',
  make: {
    template: {},
    context: { value: { constructor: 'a', toString: 'b', hasOwnProperty: 1, valueOf: null, toJSON: 'c' } },
  },
  reaches: 'run',
  ends: { output: { value: { constructor: 'a', toString: 'b', hasOwnProperty: 1, valueOf: null, toJSON: 'c' } } },
} satisfies Attack;
