// The same functions at the same places, with other constants: cached code must be that of its own source.

import type { Attack } from '../attack.ts';

export default {
  aim: 'is run with the cached code of a twin',
  make: { source: twin(1) },
  before: [{ make: { source: twin(7) }, inputs: [{}, {}, {}] }],
  calls: [{}, {}],
  reaches: 'run',
  ends: { output: { n: [2, 3, 4] } },
} satisfies Attack;

function twin(summand: number): string {
  return `console.log('the attack runs');
const f = (x: number) => x + ${summand};
export default { run: () => ({ n: [1, 2, 3].map(f) }) };`;
}
