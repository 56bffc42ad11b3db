// Two places with one name: a validator may take either, and a reader the other.

import type { Attack } from '../attack.ts';

export default {
  aim: 'names two places alike',
  make: { body: '' },
  manifest: {
    inputSchema: {
      type: 'object',
      $defs: { a: { $anchor: 'x', type: 'string' }, b: { $anchor: 'x' } },
      properties: { a: { $ref: '#x' } },
    },
  },
  reaches: 'inspect',
  ends: { codes: ['SCHEMA_INVALID'], at: { part: 'manifest', path: '' } },
  control: {
    manifest: {
      inputSchema: {
        type: 'object',
        $defs: { a: { $anchor: 'x', type: 'string' }, b: { $anchor: 'y' } },
        properties: { a: { $ref: '#x' } },
      },
    },
  },
} satisfies Attack;
