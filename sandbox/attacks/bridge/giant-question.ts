// A question larger than what may be on its way to the host. It is refused inside, before it is sent.

import type { Attack } from '../attack.ts';

export default {
  aim: 'asks a question of two million characters',
  make: {
    body: "await host.ask({ message: 'x'.repeat(2_000_000), schema: { type: 'object', properties: {} } });",
  },
  manifest: { grants: { 'client.ask': true } },
  answer: { action: 'accept', content: {} },
  reaches: 'run',
  ends: { codes: ['LIMIT_HOST_CALLS'] },
} satisfies Attack;
