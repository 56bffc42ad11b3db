// Two files that import each other: what one reads of the other is not there yet, and no more.

import type { Attack } from '../attack.ts';

export default {
  aim: 'imports itself in a circle',
  make: {
    source: `import { b } from './b.ts';
export const a = (): string => 'a';
console.log('the attack runs');
export default { run: () => ({ ab: a() + b() }) };`,
    files: { 'b.ts': "import { a } from './tool.ts';\nexport const b = () => a() + 'b';" },
  },
  reaches: 'run',
  ends: { output: { ab: 'aab' } },
} satisfies Attack;
