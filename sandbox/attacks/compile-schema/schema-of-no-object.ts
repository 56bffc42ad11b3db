// A schema for a text: clients of MCP would refuse the whole list of tools. Refused.

import type { Attack } from '../attack.ts';

export default {
  aim: 'has no object at the root',
  make: { body: '' },
  manifest: { inputSchema: { type: 'string' } },
  reaches: 'inspect',
  ends: { codes: ['SCHEMA_INVALID'], at: { part: 'manifest', path: '/type' } },
  control: { manifest: { inputSchema: { type: 'object', properties: { a: { type: 'string' } } } } },
} satisfies Attack;
