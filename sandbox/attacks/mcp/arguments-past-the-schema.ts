// Arguments that are no object, and a key that would set a prototype: it never arrives.

import { parseJson, type Attack } from '../attack.ts';

export default {
  aim: 'calls with arguments past the schema',
  make: { body: 'loot.push(Object.keys(input).join());' },
  manifest: { inputSchema: { type: 'object', properties: { a: { type: 'number' } }, additionalProperties: false } },
  reaches: 'door',
  exchange: [
    ...[[1], 'text', 1].map((given) => ({
      method: 'tools/call',
      params: { name: '{tool}', arguments: given },
      answer: { error: {} },
      lacks: ['loot'],
    })),
    {
      method: 'tools/call',
      params: { name: '{tool}', arguments: parseJson('{"a":1,"__proto__":{"admin":true}}') },
      answer: { result: { structuredContent: { loot: ['a'] } } },
    },
  ],
} satisfies Attack;
