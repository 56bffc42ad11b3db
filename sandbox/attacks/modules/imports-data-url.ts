// Code in a data URL, which bundlers load by themselves. Refused like every name that is no own file.

import type { Attack } from '../attack.ts';

export default {
  aim: 'imports a data URL',
  make: { source: "import x from 'data:text/javascript,export default 1';\nexport default { run: () => ({ x }) };" },
  reaches: 'compile',
  ends: { codes: ['COMPILE_IMPORT_REFUSED'], at: { file: 'tool.ts', line: 1 } },
  control: {
    make: {
      source: "import x from './x.ts';\nexport default { run: () => ({ x }) };",
      files: { 'x.ts': 'export default 1;' },
    },
  },
} satisfies Attack;
