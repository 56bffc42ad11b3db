// Property names, values and references made to end the literals of a generated validator. They are compared, never
// run.

import { NO_LOOT, type Attack } from '../attack.ts';

export default {
  aim: 'puts code into the names of a schema',
  make: { body: 'if (Object.keys(globalThis).includes("escaped")) loot.push("escaped");' },
  manifest: {
    inputSchema: {
      type: 'object',
      properties: {
        '"];globalThis.escaped=1;//': { const: '`${globalThis.escaped=1}`' },
        "'+(globalThis.escaped=1)+'": { enum: ['\\', '"', '\u2028'] },
      },
      required: ["'+(globalThis.escaped=1)+'"],
      $defs: { 'a"];globalThis.escaped=1;//': { type: 'string' } },
      additionalProperties: { $ref: '#/$defs/a%22%5D;globalThis.escaped=1;~1~1' },
    },
  },
  input: { "'+(globalThis.escaped=1)+'": '"' },
  reaches: 'run',
  ends: NO_LOOT,
} satisfies Attack;
