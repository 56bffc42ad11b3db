// Results written into a list of another size than was asked for.

import { NO_LOOT, type Attack } from '../attack.ts';

export default {
  aim: 'has results written into lists that are too small',
  make: {
    body: `
      class Small extends Uint8Array {
        static override get [Symbol.species](): any {
          return function () {
            return new Uint8Array(1);
          };
        }
      }
      const asked = [
        (a: Small) => a.map((x) => x),
        (a: Small) => a.slice(1),
        (a: Small) => a.filter(() => true),
        (a: Small) => a.subarray(1),
        (a: Small) => Small.from(a),
        (a: Small) => a.toSorted(),
      ];
      for (const ask of asked)
        try {
          const got = ask(new Small(64).fill(7));
          if (got.some((x) => x !== 7 && x !== 0)) loot.push(got.join());
        } catch (e) {
          if (!(e instanceof TypeError)) loot.push(String(e));
        }
    `,
  },
  reaches: 'run',
  ends: NO_LOOT,
} satisfies Attack;
