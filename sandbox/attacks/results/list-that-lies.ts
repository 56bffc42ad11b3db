// A proxy that is a list by all tests, and claims 2^53 items.

import type { Attack } from '../attack.ts';

export default {
  aim: 'returns a list that claims 2^53 items',
  make: { body: "return { list: new Proxy([], { get: (_, key) => (key === 'length' ? 2 ** 53 - 1 : 0) }) };" },
  reaches: 'run',
  ends: { codes: ['LIMIT_CPU', 'LIMIT_WALL', 'LIMIT_HEAP', 'RUN_CRASHED', 'TOOL_INVALID'] },
} satisfies Attack;
