// A pattern for the names of properties, over a megabyte of names.

import type { Attack } from '../attack.ts';

export default {
  aim: 'matches a megabyte of names',
  make: { body: '' },
  manifest: { inputSchema: { type: 'object', propertyNames: { pattern: '^[a-z0-9]+[0-9]+$' } } },
  input: { ['a'.repeat(1_000_000)]: 1 },
  reaches: 'input',
  ends: { codes: ['INPUT_INVALID', 'LIMIT_CPU', 'LIMIT_WALL'] },
} satisfies Attack;
