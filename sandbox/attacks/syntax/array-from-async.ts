// Newer entrances to the same promises: Array.fromAsync, Promise.try, async disposal, iterator helpers.

import { NO_LOOT, type Attack } from '../attack.ts';

export default {
  aim: 'goes through the newer entrances to promises',
  make: {
    body: `
      const F = Function;
      const check = (x: any) => {
        if (Object(x) === x && !(x instanceof Object)) loot.push('another realm');
      };
      check(await Array.fromAsync([host.sleep(1)]));
      check(await (Promise as any).try?.(() => 1));
      check(Iterator.from([1]).map((x) => x));
      for (const C of ['AsyncDisposableStack', 'DisposableStack', 'SuppressedError', 'Iterator']) {
        const c = (globalThis as any)[C]?.constructor;
        if (c !== undefined && c !== F) loot.push(C);
        try {
          loot.push(c?.('return 1'));
        } catch {}
      }
    `,
  },
  reaches: 'run',
  ends: NO_LOOT,
} satisfies Attack;
