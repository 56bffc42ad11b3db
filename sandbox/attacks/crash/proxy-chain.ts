// A proxy of a proxy, 100,000 times. Each question goes through all of them, in native code. It has more time than
// others, to get that far.

import { NO_LOOT, type Attack } from '../attack.ts';

export default {
  aim: 'asks a chain of 100,000 proxies',
  make: {
    setup: 'let chain: any = {}; for (let i = 0; i < 100_000; i += 1) chain = new Proxy(chain, {});',
    body: `
      const asked = [
        () => chain.x,
        () => 'x' in chain,
        () => Object.keys(chain),
        () => Array.isArray(chain),
        () => Object.getPrototypeOf(chain),
        () => Object.isExtensible(chain),
        () => JSON.stringify(chain),
      ];
      for (const ask of asked)
        try {
          ask();
        } catch (e) {
          if (!(e instanceof RangeError)) loot.push(String(e));
        }
    `,
  },
  manifest: { limits: { cpuMs: 1000, wallMs: 2000 } },
  reaches: 'run',
  ends: NO_LOOT,
} satisfies Attack;
