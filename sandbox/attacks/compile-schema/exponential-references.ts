// Thirty definitions that each try the next one twice: a validator of 2^30 steps. Ended by the deadline of the run.

import type { Json } from '../../manifest.ts';
import { OUT_OF_TIME, type Attack } from '../attack.ts';

export default {
  aim: 'doubles the work of its validator with every definition',
  make: { body: '' },
  manifest: {
    inputSchema: {
      type: 'object',
      $ref: '#/$defs/d0',
      $defs: Object.fromEntries<Json>([
        ...Array.from({ length: 30 }, (_, n): [string, Json] => [
          `d${n}`,
          { allOf: [{ $ref: `#/$defs/d${n + 1}` }, { $ref: `#/$defs/d${n + 1}` }] },
        ]),
        ['d30', { required: [] }],
      ]),
    },
  },
  reaches: 'input',
  ends: OUT_OF_TIME,
} satisfies Attack;
