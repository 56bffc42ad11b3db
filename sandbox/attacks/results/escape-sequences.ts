// Control characters that would clear a terminal and forge a line of a log.

import type { Attack } from '../attack.ts';

export default {
  aim: 'throws a message that drives a terminal',
  make: { body: "throw new Error('\\u001b[2J\\u001b]0;owned\\u0007\\r\\nok: the host is fine\\u202e\\u0000');" },
  reaches: 'run',
  ends: { codes: ['TOOL_THREW'] },
} satisfies Attack;
