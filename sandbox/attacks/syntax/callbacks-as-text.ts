// Text where older engines took text for code: callbacks, timers, handlers.

import { NO_LOOT, type Attack } from '../attack.ts';

export default {
  aim: 'gives text where a function belongs',
  make: {
    body: `
      for (const f of [
        () => queueMicrotask('globalThis.owned = 1' as any),
        () => [1].map('globalThis.owned = 1' as any),
        () => 'x'.replace(/x/, 'owned = 1' as any),
        () => Promise.resolve().then('globalThis.owned = 1' as any),
        () => Reflect.construct('Function' as any, []),
      ])
        try {
          await f();
        } catch (e) {
          if (!(e instanceof TypeError)) loot.push(String(e));
        }
      await host.sleep(1);
      if ('owned' in globalThis) loot.push('owned');
    `,
  },
  reaches: 'run',
  ends: NO_LOOT,
} satisfies Attack;
