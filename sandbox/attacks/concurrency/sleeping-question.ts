// Sleeps for a year beside a question, so that its run is never suspended. Sleeping is wall time, asked or not.

import type { Attack } from '../attack.ts';

export default {
  aim: 'keeps its isolate while it asks',
  make: {
    body: `
      void host.ask({ message: 'Still there?', schema: { type: 'object', properties: {} } });
      await host.sleep(365 * 24 * 3600 * 1000);
    `,
  },
  manifest: { grants: { 'client.ask': true }, limits: { wallMs: 300 } },
  answer: { action: 'accept', content: {} },
  reaches: 'run',
  ends: { codes: ['LIMIT_WALL'] },
} satisfies Attack;
