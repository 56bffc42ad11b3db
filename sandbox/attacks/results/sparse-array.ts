// A list of two billion holes. As JSON each is four characters.

import type { Attack } from '../attack.ts';

export default {
  aim: 'returns a list of two billion holes',
  make: { body: 'const holes: unknown[] = []; holes[2 ** 31] = 1; return { holes };' },
  reaches: 'run',
  ends: { codes: ['LIMIT_CPU', 'LIMIT_WALL', 'LIMIT_HEAP', 'RUN_CRASHED', 'TOOL_INVALID', 'LIMIT_OUTPUT'] },
} satisfies Attack;
