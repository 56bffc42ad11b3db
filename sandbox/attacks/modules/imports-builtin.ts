// A builtin of the host's runtime. Only the tool's own files and "glovebox" are found.

import type { Attack } from '../attack.ts';

export default {
  aim: 'imports node:fs',
  make: {
    source:
      "import { readFileSync } from 'node:fs';\nexport default { run: () => ({ a: readFileSync('/etc/passwd', 'utf8') }) };",
  },
  reaches: 'compile',
  ends: { codes: ['COMPILE_IMPORT_REFUSED'], at: { file: 'tool.ts', line: 1 } },
  control: {
    make: {
      source: "import { readFileSync } from './fs.ts';\nexport default { run: () => ({ a: readFileSync() }) };",
      files: { 'fs.ts': 'export const readFileSync = () => 1;' },
    },
  },
} satisfies Attack;
