// Names that every object has are names of tools to whoever looks tools up in an object.

import type { Attack } from '../attack.ts';

export default {
  aim: 'has tools called that every object has',
  make: { body: '' },
  reaches: 'door',
  exchange: ['constructor', '__proto__', 'toString', '{tool}@0', '{tool}@-1', '{tool}@1@1', '../{tool}'].map(
    (name) => ({
      method: 'tools/call',
      params: { name, arguments: {} },
      answer: { error: { code: -32602 } },
    }),
  ),
} satisfies Attack;
