// Schemas in one another 5,000 levels deep. Refused by a count before anything walks them.

import { parseJson, type Attack } from '../attack.ts';

export default {
  aim: 'nests schemas 5,000 levels deep',
  make: { body: '' },
  manifest: { inputSchema: { type: 'object', not: parseJson(`${'{"not":'.repeat(5_000)}{}${'}'.repeat(5_000)}`) } },
  reaches: 'inspect',
  ends: { codes: ['SCHEMA_LIMIT'], at: { part: 'manifest', path: '' } },
  control: {
    manifest: { inputSchema: { type: 'object', not: parseJson(`${'{"not":'.repeat(21)}{}${'}'.repeat(21)}`) } },
  },
} satisfies Attack;
