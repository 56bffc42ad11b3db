// A path below the module the tool does have. Only the module itself is known.

import type { Attack } from '../attack.ts';

export default {
  aim: 'reaches below the module glovebox',
  make: { source: "import x from 'glovebox/../../package.json';\nexport default { run: () => ({ x }) };" },
  reaches: 'compile',
  ends: { codes: ['COMPILE_IMPORT_REFUSED'], at: { file: 'tool.ts', line: 1 } },
  control: {
    make: {
      source: "import x from './package.json';\nexport default { run: () => ({ x }) };",
      files: { 'package.json': '{}' },
    },
  },
} satisfies Attack;
