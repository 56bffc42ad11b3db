// A pattern that backtracks exponentially. Refused by a check in linear time.

import type { Attack } from '../attack.ts';

export default {
  aim: 'writes a pattern that takes for ever',
  make: { body: '' },
  manifest: { inputSchema: { type: 'object', properties: { a: { type: 'string', pattern: '^(a|a)*$' } } } },
  reaches: 'inspect',
  ends: { codes: ['SCHEMA_PATTERN_UNSAFE'], at: { part: 'manifest', path: '/properties/a/pattern' } },
  control: {
    manifest: { inputSchema: { type: 'object', properties: { a: { type: 'string', pattern: '^(a|b)*$' } } } },
  },
} satisfies Attack;
