// A statement that ends with its line: the slash on the next one begins a regular expression, after which the slot
// would stand in a string. Read as a division, it would not.

import type { Attack } from '../attack.ts';

export default {
  aim: 'begins a regular expression where a division could stand',
  make: {
    template: {
      'tool.ts.hbs': 'let a: string\n/"/.exec("+ {{value}} +")//"\nexport default { run: () => ({}) };',
    },
    context: { value: ',globalThis.escaped = 1,' },
  },
  reaches: 'render',
  ends: { codes: ['TEMPLATE_SLOT_POSITION'], at: { file: 'tool.ts.hbs', line: 2 } },
  control: {
    make: {
      template: { 'tool.ts.hbs': 'let a = /"/.exec("+ +")\nexport default { run: () => ({ a, value: {{value}} }) };' },
      context: { value: ',globalThis.escaped = 1,' },
    },
  },
} satisfies Attack;
