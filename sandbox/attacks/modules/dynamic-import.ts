// Imports at run time, by a name the compiler cannot see. There is no loader.

import { NO_LOOT, type Attack } from '../attack.ts';

export default {
  aim: 'imports a module at run time',
  make: {
    body: `
      for (const name of ['node:fs', 'isolated-vm', 'data:text/javascript,export default 1', 'file:///etc/passwd'])
        try {
          loot.push(await import(name));
        } catch (e) {
          if (!(e instanceof Error)) loot.push('an error of another realm');
        }
    `,
  },
  reaches: 'run',
  ends: NO_LOOT,
} satisfies Attack;
