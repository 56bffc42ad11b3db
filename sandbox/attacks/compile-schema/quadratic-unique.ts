// `uniqueItems` over objects, which a naive validator compares each with each. Ours compares their texts. It has more
// time than others, to get that far.

import { NO_LOOT, type Attack } from '../attack.ts';

export default {
  aim: 'lets its validator compare 20,000 objects with each other',
  make: { body: '' },
  manifest: {
    limits: { cpuMs: 300, wallMs: 3000 },
    inputSchema: { type: 'object', properties: { a: { type: 'array', uniqueItems: true } } },
  },
  input: { a: Array.from({ length: 20_000 }, (_, n) => ({ n: { n: { n } } })) },
  reaches: 'run',
  ends: NO_LOOT,
} satisfies Attack;
