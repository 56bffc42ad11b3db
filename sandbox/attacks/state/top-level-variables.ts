// A counter at the top of the tool, in a module beside it, and in a closure: each call begins at zero.

import { NO_LOOT, type Attack } from '../attack.ts';

export default {
  aim: 'counts its calls at the top level',
  make: {
    source: `import { next } from './counter.ts';
let calls = 0;
const memo = new Map<string, number>();
class Count { static n = 0; }
export default {
  run() {
    console.log('the attack runs');
    calls += 1;
    Count.n += 1;
    memo.set('n', (memo.get('n') ?? 0) + 1);
    return { loot: [calls, next(), Count.n, memo.get('n')].filter((n) => n !== 1) };
  },
};`,
    files: { 'counter.ts': 'let n = 0;\nexport const next = () => ++n;' },
  },
  calls: [{}, {}, {}],
  reaches: 'run',
  ends: NO_LOOT,
} satisfies Attack;
