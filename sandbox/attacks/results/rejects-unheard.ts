// A thousand promises that are rejected and that nobody awaits. The run that left them fails.

import type { Attack } from '../attack.ts';

export default {
  aim: 'rejects promises that nobody awaits',
  make: {
    body: `
      for (let i = 0; i < 1000; i += 1) void Promise.reject(new Error('unheard'));
      await host.sleep(1);
    `,
  },
  reaches: 'run',
  ends: { codes: ['TOOL_THREW'] },
} satisfies Attack;
