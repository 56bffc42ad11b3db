// Arguments whose getters ask, so that calls meet half way and take each other's numbers. Each question has its own.

import { NO_LOOT, type Attack } from '../attack.ts';

export default {
  aim: 'asks while a question is written',
  make: {
    body: `
      const schema = { type: 'object', properties: {} };
      let inner: any;
      const outer = await host.ask({
        get message() {
          inner ??= host.ask({ message: 'inner', schema });
          return 'outer';
        },
        schema,
      });
      for (const { action } of [outer, await inner]) if (action !== 'accept') loot.push(action);
    `,
  },
  manifest: { grants: { 'client.ask': true } },
  answer: { action: 'accept', content: {} },
  reaches: 'run',
  ends: NO_LOOT,
} satisfies Attack;
