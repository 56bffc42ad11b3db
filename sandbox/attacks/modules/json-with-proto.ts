// A file of JSON with a key __proto__ becomes a module: a key, and no prototype.

import type { Attack } from '../attack.ts';

export default {
  aim: 'imports JSON that sets a prototype',
  make: {
    source: `import data from './data.json';
console.log('the attack runs');
export default { run: () => ({ admin: (data as any).admin ?? null, polluted: ({} as any).admin ?? null }) };`,
    files: { 'data.json': '{"__proto__":{"admin":true},"a":1}' },
  },
  reaches: 'run',
  ends: { output: { admin: null, polluted: null } },
} satisfies Attack;
