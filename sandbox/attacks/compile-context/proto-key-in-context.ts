// A key that sets a prototype where an object literal is written without care. It stays a key.

import { parseJson, type Attack } from '../attack.ts';

export default {
  aim: 'fills in a key __proto__',
  make: {
    template: {
      'tool.ts.hbs': `const VALUE: any = {{value}};
export default { run() { console.log('the attack runs');
  return { own: Object.keys(VALUE), polluted: ({} as any).admin ?? false, inherited: VALUE.admin ?? false }; } };`,
    },
    context: parseJson('{"value":{"__proto__":{"admin":true},"a":1}}'),
  },
  reaches: 'run',
  ends: { output: { own: ['__proto__', 'a'], polluted: false, inherited: false } },
} satisfies Attack;
