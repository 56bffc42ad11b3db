// Code from the network. Nothing is fetched.

import type { Attack } from '../attack.ts';

export default {
  aim: 'imports a URL',
  make: { source: "import x from 'https://example.com/x.js';\nexport default { run: () => ({ x }) };" },
  reaches: 'compile',
  ends: { codes: ['COMPILE_IMPORT_REFUSED'], at: { file: 'tool.ts', line: 1 } },
  control: {
    make: {
      source: "import x from './x.js';\nexport default { run: () => ({ x }) };",
      files: { 'x.ts': 'export default 1;' },
    },
  },
} satisfies Attack;
