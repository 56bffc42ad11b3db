// Arguments that are no object, and a key that would set a prototype: nothing of them arrives.

import { parseJson, type Attack } from '../attack.ts';

export default {
  aim: 'calls with arguments past the schema',
  make: { body: 'loot.push(Object.keys(input).join());' },
  manifest: { inputSchema: { type: 'object', properties: { a: { type: 'number' } }, additionalProperties: false } },
  reaches: 'door',
  exchange: [[1], 'text', 1, parseJson('{"a":1,"__proto__":{"admin":true}}')].map((given) => ({
    method: 'tools/call',
    params: { name: '{tool}', arguments: given },
    answer: { error: {} },
    lacks: ['loot'],
  })),
} satisfies Attack;
