// Asks again whenever it was answered. It holds no isolate while it waits, and each question is a host call of its
// budget.

import type { Attack } from '../attack.ts';

export default {
  aim: 'never stops asking',
  make: { body: "for (;;) await host.ask({ message: 'More?', schema: { type: 'object', properties: {} } });" },
  manifest: { grants: { 'client.ask': true }, limits: { hostCalls: 6 } },
  answer: { action: 'accept', content: {} },
  reaches: 'run',
  ends: { codes: ['LIMIT_HOST_CALLS'] },
} satisfies Attack;
