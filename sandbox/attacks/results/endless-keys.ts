// Returns a proxy with a new key for ever. Written as JSON inside the isolate, on the run's time or its heap.

import type { Attack } from '../attack.ts';

export default {
  aim: 'returns an object whose keys never end',
  make: {
    body: `
      return new Proxy(
        {},
        {
          ownKeys: () => {
            const keys = [];
            for (let i = 0; ; i += 1) keys.push(String(i));
          },
        },
      );
    `,
  },
  reaches: 'run',
  ends: { codes: ['LIMIT_CPU', 'LIMIT_WALL', 'LIMIT_HEAP', 'RUN_CRASHED', 'TOOL_INVALID'] },
} satisfies Attack;
