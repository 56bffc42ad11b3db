// The last match of the last pattern is kept by the engine itself. It belongs to a realm.

import { NO_LOOT, type Attack } from '../attack.ts';

export default {
  aim: 'reads the last match of an earlier call',
  make: {
    body: `
      const statics = () =>
        [
          RegExp.$1,
          RegExp.$9,
          RegExp.input,
          RegExp.lastMatch,
          RegExp.lastParen,
          RegExp.leftContext,
          RegExp.rightContext,
        ].join('');
      if (statics() !== '') loot.push(statics());
      /(secret)(\\d+)/.exec('a secret42 text' + input.n);
    `,
  },
  calls: [{ input: { n: 1 } }, { input: { n: 2 } }],
  reaches: 'run',
  ends: NO_LOOT,
} satisfies Attack;
