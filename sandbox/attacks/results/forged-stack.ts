// Throws an error whose stack names files of the host. Only positions in the tool itself are kept.

import type { Attack } from '../attack.ts';

export default {
  aim: 'throws a stack that names files of the host',
  make: {
    body: `
      const e = new Error('x');
      e.stack = 'Error: x\\n    at f (/etc/passwd:1:1)\\n    at glovebox:tool:999999999:1\\n    at glovebox:tool:-1:NaN';
      throw e;
    `,
  },
  reaches: 'run',
  ends: { codes: ['TOOL_THREW'] },
} satisfies Attack;
