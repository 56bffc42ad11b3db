// Calls a helper nobody listed: Handlebars' own `log` writes to the console of whoever renders.

import type { Attack } from '../attack.ts';

export default {
  aim: 'calls the helper log',
  make: { template: { 'tool.ts.hbs': '// A tool of one value.\nconst a = {{log value}};' }, context: { value: 1 } },
  reaches: 'render',
  ends: { codes: ['TEMPLATE_HELPER_UNKNOWN'], at: { file: 'tool.ts.hbs', line: 2 } },
  control: {
    make: {
      template: { 'tool.ts.hbs': 'const a = {{not value}};\nexport default { run: () => ({ a }) };' },
      context: { value: 1 },
    },
  },
} satisfies Attack;
