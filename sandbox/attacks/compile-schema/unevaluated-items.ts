// What a branch left over is for the next to judge: bookkeeping for each item of a long list, in each branch.

import type { Attack } from '../attack.ts';

export default {
  aim: 'has its validator keep books over 100,000 items',
  make: { body: '' },
  manifest: {
    inputSchema: {
      type: 'object',
      properties: {
        a: {
          type: 'array',
          allOf: Array.from({ length: 40 }, (_, n) => ({
            anyOf: [{ contains: { const: n } }, { contains: { const: -n } }, true],
          })),
          unevaluatedItems: { type: 'number' },
        },
      },
    },
  },
  input: { a: Array.from({ length: 100_000 }, (_, n) => n) },
  reaches: 'input',
  ends: { codes: ['LIMIT_CPU', 'LIMIT_WALL', 'INPUT_INVALID'] },
} satisfies Attack;
