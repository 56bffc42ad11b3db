// The format of patterns compiles what a caller sends. It is checked, and never matched.

import { NO_LOOT, type Attack } from '../attack.ts';

export default {
  aim: 'has its validator compile the input',
  make: { body: '' },
  manifest: { inputSchema: { type: 'object', properties: { a: { type: 'string', format: 'regex' } } } },
  input: { a: `${'('.repeat(3000)}a+${')+'.repeat(3000)}` },
  reaches: 'run',
  ends: NO_LOOT,
} satisfies Attack;
