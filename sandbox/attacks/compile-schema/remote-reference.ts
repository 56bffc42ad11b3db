// A schema that lives elsewhere. Nothing is fetched.

import type { Attack } from '../attack.ts';

export default {
  aim: 'refers to a remote schema',
  make: { body: '' },
  manifest: { inputSchema: { type: 'object', properties: { a: { $ref: 'https://example.com/schema.json' } } } },
  reaches: 'inspect',
  ends: { codes: ['SCHEMA_REF_REMOTE'], at: { part: 'manifest', path: '/properties/a/$ref' } },
  control: {
    manifest: {
      inputSchema: { type: 'object', $defs: { a: { type: 'string' } }, properties: { a: { $ref: '#/$defs/a' } } },
    },
  },
} satisfies Attack;
