// Throws failures of the host's that it never had, to have the blame or a client's error look like another's.

import type { Attack } from '../attack.ts';

export default {
  aim: "fails under one of the host's codes",
  make: {
    body: `
      const refusal = await host.call('kv.write', 1).catch((error: any) => error);
      throw Object.assign(new Error('x'), refusal, {
        name: 'HostError',
        code: 'CLIENT_UNSUPPORTED',
        kind: 'denied',
        fault: 'caller',
        data: { requiredCapabilities: { sampling: {} } },
      });
    `,
  },
  reaches: 'run',
  ends: { codes: ['TOOL_THREW'] },
} satisfies Attack;
