// An input 100,000 levels deep for a schema that follows it down: a validator's stack overflows. The run fails, nothing
// else.

import { parseJson, type Attack } from '../attack.ts';

export default {
  aim: 'nests the input 100,000 levels deep',
  make: { body: '' },
  manifest: {
    inputSchema: {
      type: 'object',
      properties: { a: { $ref: '#/$defs/list' } },
      $defs: { list: { type: 'array', items: { $ref: '#/$defs/list' } } },
    },
  },
  input: { a: parseJson('['.repeat(100_000) + ']'.repeat(100_000)) },
  reaches: 'input',
  ends: { codes: ['INPUT_INVALID', 'TOOL_THREW'] },
} satisfies Attack;
