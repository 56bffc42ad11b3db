// Lets its validator do the work, before the run's first line: time counts from the check of the input on.

import type { Json } from '../../manifest.ts';
import { OUT_OF_TIME, type Attack } from '../attack.ts';

export default {
  aim: 'works in its validator',
  make: { body: '' },
  manifest: {
    inputSchema: {
      type: 'object',
      $ref: '#/$defs/d0',
      $defs: Object.fromEntries<Json>([
        ...Array.from({ length: 26 }, (_, n): [string, Json] => [
          `d${n}`,
          { anyOf: [{ allOf: [{ $ref: `#/$defs/d${n + 1}` }, false] }, { $ref: `#/$defs/d${n + 1}` }] },
        ]),
        ['d26', { type: 'object' }],
      ]),
    },
  },
  reaches: 'input',
  ends: OUT_OF_TIME,
} satisfies Attack;
