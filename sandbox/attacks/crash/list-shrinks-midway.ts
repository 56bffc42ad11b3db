// Lists that are cut short by the very conversion of an argument. What lies behind their end is not theirs.

import { NO_LOOT, type Attack } from '../attack.ts';

export default {
  aim: 'cuts lists short while they are worked on',
  make: {
    body: `
      const make = () => Array.from({ length: 1000 }, (_, i) => i + 0.5);
      const ways: ((list: number[], cut: any) => unknown)[] = [
        (list, cut) => list.lastIndexOf(0.123, cut),
        (list, cut) => list.includes(undefined as any, cut) && [],
        (list, cut) => list.slice(cut, 1000),
        (list, cut) => list.fill(1, cut, 1000),
        (list, cut) => list.copyWithin(0, cut, 1000),
        (list, cut) => list.splice(cut, 900),
        (list, cut) => list.with(cut, 1),
        (list, cut) => list.toSpliced(cut, 1),
        (list, cut) => list.concat(cut),
        (list, cut) => list.join({ toString: () => String(cut) } as any),
        (list, cut) => list.map((x, i) => (i === 0 ? +cut : x)),
        (list, cut) => list.sort((a, b) => (list.length > 0 ? +cut : 0) + a - b),
      ];
      for (const way of ways) {
        const list = make();
        const cut = {
          valueOf: () => {
            list.length = 0;
            return 5;
          },
        };
        try {
          const got: any = way(list, cut);
          for (const x of Array.isArray(got) ? got : [])
            if (typeof x === 'number' && x !== 5 && x !== 1 && (x - 0.5 < 0 || x > 1000)) loot.push(x);
        } catch (e) {
          if (!(e instanceof RangeError) && !(e instanceof TypeError)) loot.push(String(e));
        }
      }
    `,
  },
  reaches: 'run',
  ends: NO_LOOT,
} satisfies Attack;
