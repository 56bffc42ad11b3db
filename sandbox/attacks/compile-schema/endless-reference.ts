// A schema that refers to itself at the same place: its validator never gets further. Refused, or ended by the stack.

import type { Attack } from '../attack.ts';

export default {
  aim: 'refers to itself without end',
  make: { body: '' },
  manifest: {
    inputSchema: { type: 'object', $ref: '#/$defs/a', $defs: { a: { $ref: '#/$defs/b' }, b: { $ref: '#/$defs/a' } } },
  },
  reaches: 'inspect',
  ends: { codes: ['SCHEMA_INVALID'], at: { part: 'manifest', path: '' } },
  control: {
    manifest: { inputSchema: { type: 'object', $ref: '#/$defs/a', $defs: { a: { $ref: '#/$defs/b' }, b: {} } } },
  },
} satisfies Attack;
