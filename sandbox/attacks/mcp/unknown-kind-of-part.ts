// A content part of a kind that the protocol does not have, put in by every door there is.

import { NO_LOOT, type Attack } from '../attack.ts';

export default {
  aim: 'adds a content part of its own kind',
  make: {
    body: `
      for (const way of [
        () => host.content.push({ type: 'script' }),
        () => host.content.html('<script>'),
        () => host.content.text({ type: 'script', text: 1 }),
        () => host.content.resource({ resource: { type: 'script' } }),
        () => host.call('content.script', {}),
      ])
        try {
          loot.push(String(await way()));
        } catch (e: any) {
          if (!['TypeError', 'HostError'].includes(e.name)) loot.push(String(e));
        }
    `,
  },
  reaches: 'output',
  ends: NO_LOOT,
} satisfies Attack;
