// Questions nobody granted, by every way there is to put one. Each way names the grant it lacks.

import { NO_LOOT, type Attack } from '../attack.ts';

export default {
  aim: 'asks the client without a grant',
  make: {
    body: `
      const question = { message: 'Your name?', schema: { type: 'object', properties: {} } };
      const ways: any[] = [
        () => host.ask(question),
        () => host.sample({ messages: [], maxTokens: 1 }),
        () => host.roots(),
        () => host.listing.hide('tools', 'benign'),
        () => host.updated('notes://x'),
        () => Object.getPrototypeOf(host).ask(question),
        () => ({ ...host }).ask?.(question) ?? host.ask,
        () => host.call('client.ask', question),
        () => host.call('client.sample', {}),
        () => host.call('listing.change', { topic: 'tools', name: 'benign', shown: false }),
        () => host.call('task.background', null),
      ];
      for (const way of ways)
        try {
          loot.push(await way());
        } catch (e: any) {
          if (e.code !== 'GRANT_MISSING') loot.push(String(e));
        }
    `,
  },
  reaches: 'run',
  ends: NO_LOOT,
} satisfies Attack;
