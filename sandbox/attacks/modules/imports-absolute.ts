// An absolute path. Refused by its shape.

import type { Attack } from '../attack.ts';

export default {
  aim: 'imports an absolute path',
  make: { source: "import data from '/etc/passwd';\nexport default { run: () => ({ data }) };" },
  reaches: 'compile',
  ends: { codes: ['COMPILE_IMPORT_REFUSED'], at: { file: 'tool.ts', line: 1 } },
  control: {
    make: {
      source: "import data from './passwd.json';\nexport default { run: () => ({ data }) };",
      files: { 'passwd.json': '{}' },
    },
  },
} satisfies Attack;
