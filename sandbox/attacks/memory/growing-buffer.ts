// A buffer that grows in place, and memory shared between threads. Both are taken away.

import { NO_LOOT, type Attack } from '../attack.ts';

export default {
  aim: 'makes buffers that grow, or that threads share',
  make: {
    body: `
      for (const make of [
        () => new ArrayBuffer(8, { maxByteLength: 2 ** 34 } as any),
        () => new (globalThis as any).SharedArrayBuffer(8),
        () => new (globalThis as any).WebAssembly.Memory({ initial: 1 }),
        () => (new ArrayBuffer(8) as any).transfer(2 ** 33),
      ])
        try {
          loot.push(typeof make());
        } catch {}
    `,
  },
  reaches: 'run',
  ends: NO_LOOT,
} satisfies Attack;
