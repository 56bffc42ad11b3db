// A loader chosen by an import attribute. The resolver comes first.

import type { Attack } from '../attack.ts';

export default {
  aim: 'imports a file as text by an attribute',
  make: { source: "import x from '/etc/passwd' with { type: 'text' };\nexport default { run: () => ({ x }) };" },
  reaches: 'compile',
  ends: { codes: ['COMPILE_IMPORT_REFUSED', 'COMPILE_FAILED'], at: { file: 'tool.ts', line: 1 } },
  control: {
    make: {
      source: "import x from './passwd.json' with { type: 'json' };\nexport default { run: () => ({ x }) };",
      files: { 'passwd.json': '{}' },
    },
  },
} satisfies Attack;
