// Takes what the host tells of the client for a way out: it is data, frozen, of this context's own making.

import { NO_LOOT, type Attack } from '../attack.ts';

export default {
  aim: 'climbs out through host.client',
  make: {
    body: `
      const { client } = host;
      if (Object.getPrototypeOf(client) !== Object.prototype) loot.push('a prototype of its own');
      if (client.constructor !== Object || client.constructor.constructor !== Function) loot.push('another realm');
      for (const key of Reflect.ownKeys(client)) if (client[key] !== false) loot.push(key);
      if (Reflect.set(client, 'ask', true) || Reflect.defineProperty(client, 'x', { value: 1 })) loot.push('changed');
      if (Reflect.set(host, 'client', {}) || Reflect.setPrototypeOf(client, null)) loot.push('replaced');
      if (client.ask || host.client !== client) loot.push('believed');
    `,
  },
  reaches: 'run',
  ends: NO_LOOT,
} satisfies Attack;
