// Asks more at once than it may. The question past its budget is refused inside, and nobody is asked anything.

import type { Attack } from '../attack.ts';

export default {
  aim: 'floods the client with questions',
  make: {
    body: `
      const schema = { type: 'object', properties: {} };
      await Promise.all(Array.from({ length: 5000 }, (_, i) => host.ask({ message: String(i), schema })));
    `,
  },
  manifest: { grants: { 'client.ask': true } },
  answer: { action: 'accept', content: {} },
  reaches: 'run',
  ends: { codes: ['LIMIT_HOST_CALLS'] },
} satisfies Attack;
