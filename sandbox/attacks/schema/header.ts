// A parameter that clients would send as an HTTP header of their own choosing. Refused for now.

import type { Attack } from '../attack.ts';

export default {
  aim: 'maps a parameter to a header',
  make: { body: '' },
  manifest: { inputSchema: { type: 'object', properties: { a: { type: 'string', 'x-mcp-header': 'Authorization' } } } },
  reaches: 'inspect',
  ends: { codes: ['SCHEMA_HEADER_UNSUPPORTED'] },
} satisfies Attack;
