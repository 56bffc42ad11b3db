// A template of 300 KiB. Refused by its length.

import type { Attack } from '../attack.ts';

export default {
  aim: 'writes a template of 300 KiB',
  make: {
    template: { 'tool.ts.hbs': `// A tool of one value.\nconst a = {{value}};\n`.padEnd(300 * 1024) },
    context: { value: 1 },
  },
  reaches: 'render',
  ends: { codes: ['TEMPLATE_UNSUPPORTED'], at: { file: 'tool.ts.hbs', line: 1 } },
  control: {
    make: {
      template: { 'tool.ts.hbs': `const a = {{value}};\nexport default { run: () => ({ a }) };\n`.padEnd(200 * 1024) },
      context: { value: 1 },
    },
  },
} satisfies Attack;
