// A schema in a file of the host. Nothing is read.

import type { Attack } from '../attack.ts';

export default {
  aim: 'refers to a schema file of the host',
  make: { body: '' },
  manifest: {
    inputSchema: {
      type: 'object',
      $defs: { a: { $id: 'file:///etc/' } },
      properties: { a: { $ref: 'file:///etc/passwd' } },
    },
  },
  reaches: 'inspect',
  ends: { codes: ['SCHEMA_REF_REMOTE', 'SCHEMA_INVALID'], at: { part: 'manifest', path: '/properties/a/$ref' } },
  control: {
    manifest: {
      inputSchema: { type: 'object', $defs: { a: { type: 'string' } }, properties: { a: { $ref: '#/$defs/a' } } },
    },
  },
} satisfies Attack;
