// An input that carries `__proto__` past a schema that forbids additional properties. It is checked like any other
// name.

import { parseJson, type Attack } from '../attack.ts';

export default {
  aim: 'passes a key __proto__ by its schema',
  make: { body: 'loot.push(input.admin);' },
  manifest: { inputSchema: { type: 'object', properties: { a: true }, additionalProperties: false } },
  input: parseJson('{"a":1,"__proto__":{"admin":true}}'),
  reaches: 'input',
  ends: { codes: ['INPUT_INVALID'] },
} satisfies Attack;
