// Runs the stack almost full, then calls the host's functions, so that they overflow half way. They stay whole. It has
// more time than others, to get that far.

import { NO_LOOT, type Attack } from '../attack.ts';

export default {
  aim: 'calls the host with no stack left',
  make: {
    body: `
      const depth = (): number => {
        try {
          return depth() + 1;
        } catch {
          return 1;
        }
      };
      const at = (n: number, f: () => void): void => {
        if (n > 0) at(n - 1, f);
        else f();
      };
      const full = depth();
      for (let n = full; n > full - 120; n -= 4)
        for (const f of [
          () => host.log('x'),
          () => host.progress(0.1),
          () => host.content.text('t'),
          () => host.call('x'),
          () => host.fail('x'),
        ])
          try {
            at(n, f);
          } catch (e: any) {
            if (!(e instanceof Error) && !(e instanceof Object)) loot.push(typeof e);
          }
    `,
  },
  manifest: { limits: { cpuMs: 5000, wallMs: 10_000 } },
  reaches: 'run',
  ends: NO_LOOT,
} satisfies Attack;
