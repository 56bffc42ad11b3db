// A keyword that some validators add: a limit read from the input itself, by a path.

import type { Attack } from '../attack.ts';

export default {
  aim: 'reads its limits from the input',
  make: { body: '' },
  manifest: { inputSchema: { type: 'object', properties: { a: { type: 'number', maximum: { $data: '/max' } } } } },
  reaches: 'inspect',
  ends: { codes: ['SCHEMA_INVALID'], at: { part: 'manifest', path: '/properties/a/maximum' } },
  control: { manifest: { inputSchema: { type: 'object', properties: { a: { type: 'number', maximum: 5 } } } } },
} satisfies Attack;
