// Carries a key `__proto__` past a schema that forbids additional properties.

import type { Attack } from '../attack.ts';

export default {
  aim: 'returns a key __proto__',
  make: { body: 'return JSON.parse(\'{"loot":[],"__proto__":{"admin":true}}\');' },
  manifest: { outputSchema: { type: 'object', properties: { loot: { type: 'array' } }, additionalProperties: false } },
  reaches: 'output',
  ends: { codes: ['OUTPUT_INVALID'] },
} satisfies Attack;
