// A result that breaks the tool's own output schema, for clients that believe it. Nothing of it is returned.

import type { Attack } from '../attack.ts';

export default {
  aim: 'returns what its output schema forbids',
  make: { body: "return { loot: 'gold' };" },
  manifest: { outputSchema: { type: 'object', properties: { loot: { type: 'array', maxItems: 0 } } } },
  reaches: 'output',
  ends: { codes: ['OUTPUT_INVALID'] },
} satisfies Attack;
