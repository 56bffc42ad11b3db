// Lengths that do not exist, for everything that has one. Each is refused by an error.

import { NO_LOOT, type Attack } from '../attack.ts';

export default {
  aim: 'asks for lengths that do not exist',
  make: {
    body: `
      const asked = [
        () => new Array(-1),
        () => new ArrayBuffer(2 ** 53),
        () => new ArrayBuffer(-1),
        () => new Float64Array(2 ** 40),
        () => new Uint8Array(new ArrayBuffer(8), 3, 2 ** 33),
        () => new DataView(new ArrayBuffer(8), 9),
        () => 'x'.repeat(-1),
        () => 'x'.repeat(2 ** 32),
        () => 'x'.padEnd(2 ** 31),
        () => 1n << (2n ** 40n),
        () => BigInt.asIntN(2 ** 54, 1n),
        () => (1.5).toFixed(101),
        () => ([].length = 2 ** 32),
        () => Array.prototype.push.call({ length: 2 ** 53 - 1 }, 1),
        () => Array.prototype.unshift.call({ length: 2 ** 53 - 1 }, 1),
        () => Array.prototype.toSpliced.call({ length: 2 ** 32 }, 0, 0),
        () => new Date(0).toLocaleString('x'.repeat(1e6)),
      ];
      for (const ask of asked)
        try {
          ask();
          loot.push(String(ask));
        } catch (e) {
          if (!(e instanceof RangeError) && !(e instanceof TypeError)) loot.push(String(e));
        }
    `,
  },
  reaches: 'run',
  ends: NO_LOOT,
} satisfies Attack;
