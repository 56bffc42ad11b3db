// A keyword nobody knows: a typo that would switch a check off. Refused.

import type { Attack } from '../attack.ts';

export default {
  aim: 'writes a keyword nobody knows',
  make: { body: '' },
  manifest: { inputSchema: { type: 'object', propertees: { a: { type: 'number' } } } },
  reaches: 'inspect',
  ends: { codes: ['SCHEMA_INVALID'], at: { part: 'manifest', path: '/propertees' } },
  control: { manifest: { inputSchema: { type: 'object', properties: { a: { type: 'number' } } } } },
} satisfies Attack;
