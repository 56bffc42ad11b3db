// A name that is not there is looked for in ten thousand prototypes.

import { OUT_OF_TIME, type Attack } from '../attack.ts';

export default {
  aim: 'looks for a name in ten thousand prototypes',
  make: {
    setup: `
      let object: any = null;
      for (let i = 0; i < 10_000; i += 1) object = Object.create(object, { ['p' + i]: { value: i } });
    `,
    body: "for (let i = 0; ; i += 1) if (('absent' + (i % 97)) in object) loot.push(i);",
  },
  reaches: 'run',
  ends: OUT_OF_TIME,
} satisfies Attack;
