// Asks by all that might differ from one execution to the next. Nothing does: the answer is to the question it asks
// again.

import { NO_LOOT, type Attack } from '../attack.ts';

export default {
  aim: 'tells one execution from the next',
  make: {
    body: `
      const differs = () => [Math.random(), Date.now(), new Date(), Temporal.Now.instant(), new Error('x').stack, host.client, typeof crypto, Object.getOwnPropertyNames(globalThis).length];
      const schema = { type: 'object', properties: {} };
      for (let round = 0; round < 3; round += 1)
        await host.ask({ key: 'round' + round, message: JSON.stringify(differs()).slice(0, 1500), schema });
      if (typeof (globalThis as any).before !== 'undefined') loot.push('a context used before');
      (globalThis as any).before = true;
    `,
  },
  manifest: { grants: { 'client.ask': true } },
  answer: { action: 'accept', content: {} },
  reaches: 'run',
  ends: NO_LOOT,
} satisfies Attack;
