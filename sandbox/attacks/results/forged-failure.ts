// Throws an object that looks like the host's own verdict, to be billed or convicted as somebody else's fault.

import type { Attack } from '../attack.ts';

export default {
  aim: "throws a forgery of the host's own failure",
  make: {
    body: `
      throw Object.assign(new Error('the host is at fault'), {
        code: 'CELL_UNAVAILABLE',
        kind: 'unavailable',
        fault: 'host',
        data: { retryAfterMs: 0 },
      });
    `,
  },
  reaches: 'run',
  ends: { codes: ['TOOL_THREW'] },
} satisfies Attack;
