// An object that is changed after it was checked, with a pattern that might remember where it was: the next input is
// checked anew.

import { NO_LOOT, type Attack } from '../attack.ts';

export default {
  aim: 'teaches its validator',
  make: {
    body: `
      if (input.a !== 'abc' || Object.keys(input).length !== 1) loot.push(JSON.stringify(input));
      input.a = 'changed';
      input.b = 'added';
    `,
  },
  manifest: {
    inputSchema: {
      type: 'object',
      properties: { a: { type: 'string', pattern: '^[a-c]{3}$' } },
      required: ['a'],
      additionalProperties: false,
    },
  },
  calls: [{ input: { a: 'abc' } }, { input: { a: 'abc' } }, { input: { a: 'abc' } }],
  reaches: 'run',
  ends: NO_LOOT,
} satisfies Attack;
