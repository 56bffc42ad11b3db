// A first line that compilers skip opens a comment for whoever does not: the slot would stand in a string, and its
// quotes would end it.

import type { Attack } from '../attack.ts';

export default {
  aim: 'hides the start of a string behind a #! line',
  make: {
    template: {
      'tool.ts.hbs': '#!/*\nconst a = "*/ + {{value}} + /*";\n//*/\nexport default { run: () => ({ a }) };',
    },
    context: { value: ';globalThis.escaped = 1;' },
  },
  reaches: 'render',
  ends: { codes: ['TEMPLATE_SYNTAX'], at: { file: 'tool.ts.hbs', line: 1 } },
  control: {
    make: {
      template: {
        'tool.ts.hbs': '//!/*\nconst a = "*/ +" + {{value}} + "/*";\n//*/\nexport default { run: () => ({ a }) };',
      },
      context: { value: ';globalThis.escaped = 1;' },
    },
  },
} satisfies Attack;
