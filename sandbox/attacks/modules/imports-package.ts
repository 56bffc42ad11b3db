// A package of the host's own installation. Nothing is looked up in node_modules.

import type { Attack } from '../attack.ts';

export default {
  aim: "imports one of the host's libraries",
  make: { source: "import ivm from 'isolated-vm';\nexport default { run: () => ({ x: String(ivm) }) };" },
  reaches: 'compile',
  ends: { codes: ['COMPILE_IMPORT_REFUSED'], at: { file: 'tool.ts', line: 1 } },
  control: {
    make: { source: "import { defineTool } from 'glovebox';\nexport default defineTool({ run: () => ({}) });" },
  },
} satisfies Attack;
