// Another tool’s schema has the same $id and lets everything pass. A schema is known by its text, not by what it calls
// itself.

import type { Attack } from '../attack.ts';

export default {
  aim: 'takes over the schema of another tool by its name',
  make: { body: "loot.push('past its schema');" },
  before: [
    {
      make: { body: '' },
      manifest: { inputSchema: { $id: 'https://example.com/shared', type: 'object' } },
      inputs: [{ any: 1 }],
    },
  ],
  manifest: { inputSchema: { $id: 'https://example.com/shared', type: 'object', additionalProperties: false } },
  input: { any: 1 },
  reaches: 'input',
  ends: { codes: ['INPUT_INVALID'] },
} satisfies Attack;
