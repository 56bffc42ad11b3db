// A schema of 10 MB. Refused by its size.

import type { Attack } from '../attack.ts';

export default {
  aim: 'writes a schema of 10 MB',
  make: { body: '' },
  manifest: { inputSchema: { type: 'object', description: 'x'.repeat(10_000_000) } },
  reaches: 'inspect',
  ends: { codes: ['SCHEMA_LIMIT'], at: { part: 'manifest', path: '' } },
  control: { manifest: { inputSchema: { type: 'object', description: 'x'.repeat(100_000) } } },
} satisfies Attack;
