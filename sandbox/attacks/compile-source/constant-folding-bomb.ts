// Constant folding in place of an enum: strings that the compiler would join. Nothing is folded, and the isolate bounds
// the rest.

import type { Attack } from '../attack.ts';

export default {
  aim: 'lets the compiler join constants',
  make: {
    source: `const a = 'x' + ${Array.from({ length: 2000 }, () => "'xxxxxxxxxxxxxxxx'").join(' + ')};
console.log('the attack runs');
export default { run: () => ({ length: a.length }) };`,
  },
  reaches: 'run',
  ends: { output: { length: 32_001 } },
} satisfies Attack;
