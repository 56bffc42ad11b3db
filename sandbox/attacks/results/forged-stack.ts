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
  reaches: 'door',
  exchange: [
    {
      method: 'tools/call',
      params: { name: '{tool}', arguments: {} },
      answer: { result: { isError: true, _meta: { 'dev.glovebox/failure': { code: 'TOOL_THREW' } } } },
      lacks: ['/etc/passwd', '999999999'],
    },
  ],
} satisfies Attack;
